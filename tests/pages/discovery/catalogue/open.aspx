<html><head><meta charset="utf-8"><title>信息公开-临溪区人民政府</title></head><body><div id="nav"><a href="/">首页</a> | <a href="/news.aspx?cid=5">临溪动态</a> | <a href="/open.aspx">信息公开</a> | <a href="/dept.aspx">机构职能</a> | <a href="/letter.aspx">区长信箱</a></div>
<ul><li><a href="/jczw.aspx">基层政务公开标准目录</a></li><li><a href="/list.aspx?cid=31">规范性文件</a></li><li><a href="/guide.aspx">信息公开指南</a></li></ul>
<div class="foot">主办单位：临溪区人民政府　承办单位：临溪区人民政府办公室</div></body></html>
