<html><head><meta charset="utf-8"><title>机构职能-临溪区人民政府</title></head><body><div id="nav"><a href="/">首页</a> | <a href="/news.aspx?cid=5">临溪动态</a> | <a href="/open.aspx">信息公开</a> | <a href="/dept.aspx">机构职能</a> | <a href="/letter.aspx">区长信箱</a></div>
<h4>政府工作部门</h4><p><a href="/unit.aspx?did=11">区应急管理局</a> <a href="/unit.aspx?did=12">区财政局</a> <a href="/unit.aspx?did=13">区城市管理和综合执法局</a></p><h4>乡镇</h4><p><a href="/unit.aspx?did=21">白石镇</a> <a href="/unit.aspx?did=22">上塘乡</a> <a href="/unit.aspx?did=23">下塘乡</a></p>
<div class="foot">主办单位：临溪区人民政府　承办单位：临溪区人民政府办公室</div></body></html>
