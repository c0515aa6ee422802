<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>重点领域信息公开</title></head><body><table width="980"><tr><td>您的位置：<a href="main.asp">首页</a> -&gt; 重点领域信息公开</td></tr></table><table><tr><td width="200"><script src="js/dtree.js"></script><script type="text/javascript">
d = new dTree('d');
d.add(0,-1,'重点领域信息公开');
d.add(1,0,'财政预决算');
d.add(21,1,'部门预算','list.asp?id=21','部门预算','_self');
d.add(22,1,'部门决算','list.asp?id=22','部门决算','_self');
d.add(2,0,'征地补偿');
d.add(23,2,'征地管理政策','list.asp?id=23','征地管理政策','_self');
d.add(24,2,'征地前期准备','list.asp?id=24','征地前期准备','_self');
d.add(3,0,'保障性住房');
d.add(25,3,'配给管理','list.asp?id=25','配给管理','_self');
d.add(4,0,'安全生产','list.asp?id=26');
document.write(d);
</script></td><td>请在左侧选择栏目</td></tr></table><table><tr><td align="center">主办单位：石桥县人民政府办公室　技术支持：石桥县信息中心</td></tr></table></body></html>
