"""The words by which a page that is one notice is known: in its title, in its text, or in any text (`anywhere`).

A title must match by a whole segment: no column is called 页面不存在 or 系统维护中. A phrase counts only outside
links, for titles of postings are links, and only where the page shows little else. What no list page says in
earnest stands under `anywhere`: it counts on any page without rows. The order is from the particular to the general: 未备案已被阻断
is no firewall's word, and 404 is not just 服务器错误. VAGUE is asked when nothing else spoke."""

import re
from typing import NamedTuple

_ASKED = r"(?:访问|请求|操作|行为|提交|内容)"
_STOPPED = r"(?:拦截|阻断|阻止|拒绝|屏蔽|禁止)"
_NUMBERED = r"(?:(?:HTTP|Status|Error|状态|错误)\s?){0,3}"
_PAGE = r"(?:页面?|网页|文件|栏目|频道|地址|链接|资源|网址)"
_NOT_FOUND = r"(?:未找到|没有找到|找不到)(?!.{0,4}(?:信息|内容|数据|记录|结果|文章|相关|符合))"
_GONE = rf"(?:不存在|{_NOT_FOUND}|已失效|无法(?:找到|访问|打开|显示)|(?:已经?|可能)?被?(?:删除|移除|下线|撤销|关闭))"
_SITE = r"(?:网站|系统|平台|服务器|本站|站点)"
_REPAIR = r"(?:升级|维护|改版|改造|建设|割接|检修|调试|迁移)"


class Notice(NamedTuple):
    """How one cause shows itself; None: never so."""

    cause: str
    title: re.Pattern[str] | None
    phrase: re.Pattern[str] | None
    anywhere: re.Pattern[str] | None


def _any(*alternatives: str) -> re.Pattern[str] | None:
    """None of them, or any. What may stand between two words stands in one block with them."""
    return re.compile("|".join(alternatives).replace("[^", r"[^\n"), re.I) if alternatives else None


def _notice(
    cause: str, *, title: tuple[str, ...] = (), phrase: tuple[str, ...], anywhere: tuple[str, ...] = ()
) -> Notice:
    return Notice(cause, _any(*title), _any(*phrase, *anywhere), _any(*anywhere))


NOTICES = (
    _notice(
        "parked",
        title=(
            r".{0,20}域名.{0,8}(?:出售|转让|停放|过期|到期|交易).{0,8}|.{0,8}(?:未备案|未经备案).{0,8}",
            r".{0,30}(?:domain )?(?:is )?(?:for sale|parked).{0,8}",
        ),
        phrase=(
            r"域名[^。]{0,10}(?:过期|到期|出售|转让|停放|抢注|竞价)|(?:未|没有)(?:进行|经|完成)?[^。，]{0,4}备案",
            r"domain[^。]{0,40}(?:for sale|expired|parked)|buy this domain",
        ),
    ),
    _notice(
        "waf",
        title=(
            rf"(?:您的|当前)?(?:访问|请求)(?:已?被)?{_STOPPED}|(?:拒绝|禁止)访问|安全拦截|拦截提示",
            r"(?:D盾|安全狗|云锁|宝塔|创宇盾).{0,8}|(?:网站|Web\s?应用|云)?防火墙|WAF.{0,12}",
            rf"{_NUMBERED}403(?: Forbidden)?|Access Denied|Forbidden|Request (?:Blocked|Rejected)|Attention Required",
            r"Not Acceptable|Restricted Access|.{0,10}(?:安全|应用|云)防护.{0,8}|异常访问|访问异常",
        ),
        phrase=(
            rf"{_ASKED}[^。]{{0,24}}(?:被[^。]{{0,14}}{_STOPPED}|(?:存在|造成)[^。]{{0,8}}威胁)|被[^。]{{0,14}}禁止访问",
            rf"(?:触发|违反)[^。]{{0,12}}(?:规则|策略)|被[^。]{{0,14}}识别为|{_STOPPED}了?(?:该|此|本次|您的)(?:请求|访问)",
            r"拦截提示|403 Forbidden|Mod_?Security|application firewall",
            r"(?:危险|非法|不合法|恶意|攻击)的?(?:字符|请求|访问|参数|内容|行为|脚本)|(?:网站|Web\s?应用)防火墙",
            r"(?:无权限?|没有权限|权限不足)[^。]{0,4}(?:访问|查看|浏览)",
            r"request (?:has been |was |is )?(?:blocked|rejected)|access (?:is |to [^.]{0,60} is )?denied",
        ),
        anywhere=(
            r"您的(?:访问|请求)[^。]{0,24}(?:被[^。]{0,14}(?:拦截|阻断)|(?:存在|造成)[^。]{0,8}威胁)",
            r"疑似[^。]{0,6}攻击|requested URL was rejected|you have been blocked",
        ),
    ),
    _notice(
        "challenge",
        title=(r"Just a moment|安全检[查测]中?|(?:正在)?检测中", r".{0,12}正在检[查测]您的.{0,6}"),
        phrase=(
            r"正在(?:检[查测]|验证)[^。]{0,6}浏览器|正在(?:进行)?(?:浏览器)?安全检[查测]|浏览器安全检[查测]",
            r"checking your browser",
        ),
    ),
    _notice(
        "captcha",
        title=(
            r"(?:请完成)?(?:安全|人机|滑动|滑块|访问|图形|身份){1,2}(?:验证|校验).{0,6}|(?:请输入)?验证码",
            r"(?:Security|Human) Verification|Captcha",
        ),
        phrase=(
            r"(?:拖动|滑动|按住)[^。]{0,10}(?:滑块|验证|拼图)|人机(?:验证|识别)|(?:完成|进行|通过)[^。]{0,6}验证",
            r"请(?:输入|填写)[^。]{0,8}验证码|(?:输入|填写)[^。]{0,6}图中?的?(?:字符|数字|文字|字母)|点击[^。]{0,8}验证",
            r"verify (?:that )?you are (?:a )?human|captcha",
        ),
    ),
    _notice(
        "too_fast",
        title=(r"(?:访问|请求|操作)(?:过于|太过?|次数)?(?:频繁|过多|过快)", r"Too Many Requests"),
        phrase=(
            r"(?:访问|请求|操作|查询)[^。]{0,8}(?:(?:过于|太过?|次数)(?:频繁|过多|快|过快|多)|频率过[高快])|too many requests|rate limit",
        ),
    ),
    _notice(
        "region",
        phrase=(
            r"IP[^。]{0,16}(?:限制|禁止|不允许|受限|黑名单|封禁|不在|境外)|(?:境外|国外|海外)[^。]{0,8}(?:访问|IP|用户)",
            r"[仅只](?:限|允许|支持|对|向)[^。]{0,6}(?:境内|国内|大陆|内网|政务外网|专网)|available in your (?:region|country)",
        ),
    ),
    _notice(
        "soft_404",
        title=(
            rf"{_NUMBERED}404.{{0,20}}|(?:Page )?Not Found|.{0, 20}can(?:not|'t) be found",
            rf".{{0,16}}{_PAGE}.{{0,4}}{_GONE}.{{0,10}}",
            rf"(?:找不到|未找到|没有找到|无法找到).{{0,8}}{_PAGE}",
        ),
        phrase=(
            rf"{_PAGE}[^。！，]{{0,6}}{_GONE}|(?:文章|信息|内容|信件)(?:不存在|已(?:失效|过期)|已?被?(?:删除|下线|撤销|撤稿|移除))",
            rf"{_NOT_FOUND}[^。！，]{{0,10}}{_PAGE}|(?:page|file)[^.]{{0,24}} not (?:be )?found|no input file|404 not found",
            rf"(?:没有|无)(?:此|该|这个){_PAGE}|(?:非法|无效|错误)的?(?:栏目|频道|编号)",
            r"(?:栏目|频道)[^。]{0,8}(?:停用|停止更新|合并|撤并)|资源[^。]{0,60}不可用",
            r"(?:信息|内容|文章)[^。]{0,4}(?:正在|尚未|等待)审核|不能浏览",
            r"页面?[^。]{0,4}(?:走丢|丢失|飞走|跑丢|失联|消失)|can(?:not|'t) be found",
        ),
        anywhere=(
            rf"(?:您|你|抱歉|对不起|该|此|当前)[^。！]{{0,14}}{_PAGE}[^。！，]{{0,6}}{_GONE}",
            rf"(?:找不到|没有找到|无法找到)(?:您|你|该|此|相应)[^。！，]{{0,10}}{_PAGE}",
            r"[您你]所?要?(?:访问|查看|浏览|查找|请求)的?(?:信息|内容|文章)[^。！，]{0,6}(?:不存在|已?经?被?(?:删除|移除|下线))",
        ),
    ),
    _notice(
        "server_error",
        title=(
            rf"{_NUMBERED}50[0-5]\W{{0,3}}\w.{{0,40}}|Internal Server Error|Bad Gateway|Service Unavailable",
            r"Gateway Time.?out|Server Error.{0,30}|Whitelabel Error Page",
            r".{0,10}(?:系统|服务器|程序|数据库|运行时?)(?:发生|出现|内部|连接)?(?:错误|异常|失败|繁忙).{0,10}",
        ),
        phrase=(
            r"(?:系统|服务器|程序|数据库|网络)[^。]{0,6}(?:错误|异常|出错|失败|繁忙)|页面错误！请稍后再试",
            r"Bad Gateway|Service Unavailable|An error occurred|could not be retrieved|(?:网址|URL)[^。]{0,10}无法获取",
            r"Data ?base Error|connect to (?:MySQL|the database|database)|template not found|服务[^。]{0,4}不可用",
            r"(?:标签|模板|SQL|脚本)[^。]{0,6}(?:错误|出错|失败|异常)",
        ),
        anywhere=(
            r"Server Error in '|Whitelabel Error Page|(?<![a-z.])[a-z]{1,30}(?:\.[a-z]{1,30}){1,6}(?:Exception|Error)",
            r"Traceback \(most recent|(?:Fatal|Parse) error\s?:|ORA-\d{5}|SQLSTATE\[|error (?:in your|executing) SQL",
            r"ADODB\.|Stack ?trace|template error",
            r"Microsoft OLE DB|Error establishing a database|未将对象引用设置|系统发生错误|Internal Server Error",
        ),
    ),
    _notice(
        "maintenance",
        title=(
            rf".{{0,16}}{_SITE}.{{0,6}}{_REPAIR}(?:中|期间)|{_SITE}?正在{_REPAIR}{{1,3}}中?|{_REPAIR}{{2,3}}中",
            r"(?:系统|网站)?(?:维护|升级|改版|检修){1,2}(?:中|公告|通知|页面)?|(?:Site )?(?:Under )?(?:Construction|Maintenance)",
        ),
        phrase=(
            rf"{_SITE}[^。]{{0,10}}{_REPAIR}(?:中(?!心)|期间)|正在[^。]{{0,8}}(?:升级|维护|改版|割接|检修|调试)",
            r"暂(?:停|时无法|时关闭)[^。]{0,6}(?:服务|访问|使用)|under (?:construction|maintenance)",
        ),
        anywhere=(rf"(?:网站|系统|平台|服务器|本站)正在[^。]{{0,8}}{_REPAIR}",),
    ),
    _notice(
        "closed",
        title=(r".{0,16}(?:网站|域名).{0,4}(?:变更|迁移|关停|关闭|停用).{0,4}(?:公告|通知|提示)?",),
        phrase=(
            r"(?:网站|本站|站点|域名|网址)[^。]{0,16}已?(?:关停|关闭|停用|下线|停止(?:更新|运行|服务|使用))",
            r"(?:网站|本站|站点|域名|网址)[^。]{0,16}(?:(?:迁移|搬迁|整合|变更|更换|更名)[至到为]|[归并]入|归并)",
        ),
    ),
    _notice(
        "directory",
        title=(r"Index of.{0,200}|目录列表.{0,80}|Directory Listing.{0,200}",),
        phrase=(r"^\s*Index of /",),
        anywhere=(r"\[(?:To Parent Directory|转到父目录|到父目录)\]",),
    ),
    _notice(
        "default_page",
        title=(
            r"Welcome to (?:nginx|openresty|tengine|CentOS|IIS).{0,20}|IIS.{0,20}|Apache Tomcat.{0,30}",
            r".{0,20}Test Page.{0,40}|Apache2 .{0,20}Default Page.{0,20}|恭喜.{0,6}站点创建成功|没有找到站点",
        ),
        phrase=(
            r"Welcome to (?:nginx|openresty|tengine|IIS)|^\s*It works!|Internet Information Services",
            r"站点创建成功|没有找到(?:对应的)?站点|Apache2? .{0,20}default (?:welcome )?page",
        ),
    ),
)

VAGUE = (
    _notice(
        "soft_404",
        title=(r"出错(?:了|啦)|(?:页面)?(?:错误|出错)(?:页面?|提示|信息)?",),
        phrase=(r"页面[^。]{0,2}出错", r"出错[了啦]"),
    ),
    _notice("server_error", title=(rf"{_NUMBERED}50[0-5]",), phrase=(r"HTTP Status 5\d\d",)),
)

LOGIN_TITLE = re.compile(
    r".{0,16}?(?:登录|登陆)(?:页面?|界面|系统|平台|入口|中心)?|.{0,10}统一(?:身份|用户)(?:认证|登录).{0,10}|Log ?in|Sign ?in",
    re.I,
)
LOGIN_PHRASE = re.compile(
    r"请(?:您)?(?:先)?(?:登录|登陆)|(?:登录|会话)已?(?:超时|失效|过期)|(?:未|没有)登录|统一身份认证|登录后(?:查看|访问|可见)"
)
