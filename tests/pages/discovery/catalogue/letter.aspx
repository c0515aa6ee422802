<html><head><meta charset="utf-8"><title>区长信箱-临溪区人民政府</title></head><body><div id="nav"><a href="/">首页</a> | <a href="/news.aspx?cid=5">临溪动态</a> | <a href="/open.aspx">信息公开</a> | <a href="/dept.aspx">机构职能</a> | <a href="/letter.aspx">区长信箱</a></div>
<p>请登录后写信，我们将尽快答复。</p><form><input name="title"></form>
<div class="foot">主办单位：临溪区人民政府　承办单位：临溪区人民政府办公室</div></body></html>
