<html><head><meta charset="utf-8"><title>基层政务公开标准目录-临溪区人民政府</title></head><body><div id="nav"><a href="/">首页</a> | <a href="/news.aspx?cid=5">临溪动态</a> | <a href="/open.aspx">信息公开</a> | <a href="/dept.aspx">机构职能</a> | <a href="/letter.aspx">区长信箱</a></div>

<table border="1">
<tr><th>试点领域</th><th>一级事项</th><th>二级事项</th><th>责任单位</th></tr>
<tr><td rowspan="3">（二十二）安全生产领域</td><td rowspan="2">政策文件</td><td><a href="/list.aspx?cid=2201">法律法规</a></td><td>区应急管理局</td></tr>
<tr><td><a href="/list.aspx?cid=2202">重要会议</a></td><td>区应急管理局</td></tr>
<tr><td>依法行政</td><td><a href="/list.aspx?cid=2203">行政检查</a></td><td>区应急管理局</td></tr>
<tr><td rowspan="2">（八）财政预决算领域</td><td rowspan="2">预决算公开</td><td><a href="/list.aspx?cid=801">政府预算</a></td><td>区财政局</td></tr>
<tr><td><a href="/list.aspx?cid=802">部门预算</a></td><td>各部门</td></tr>
</table>
<div class="foot">主办单位：临溪区人民政府　承办单位：临溪区人民政府办公室</div></body></html>
