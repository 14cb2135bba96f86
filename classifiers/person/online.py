"""E-mail, social accounts, log-in names and web pages of a person."""

from classifiers.classifier import Classifier, Examples, Pattern
from classifiers.vocabulary.shapes import EMAILS, URLS
from classifiers.vocabulary.words import listed

NETWORKS = (
    "facebook|fb|twitter|x|instagram|linkedin|weibo|tiktok|douyin|youtube|t|vk|flickr|pinterest|github|medium|blogspot"
)

CLASSIFIERS = (
    Classifier(
        category="person.contact.email",
        zh=listed(
            "电子邮箱, 电子邮件, 电子邮箱地址, 电子邮件地址, 邮箱, 邮箱地址, 邮件地址, 个人邮箱, 联系邮箱,",
            "联系人邮箱, 法人邮箱, 负责人邮箱, 申请人邮箱, 工作邮箱, 电邮, 电邮地址, 電郵, 電郵地址, 電子郵件,",
            "電子信箱, 電子郵箱, 信箱, 電子郵件信箱, 本人邮箱, QQ邮箱, 注册邮箱, 绑定邮箱, 电子信箱, 联系信箱,",
            "电子邮箱号, 邮件, Email, E-mail",
        ),
        en=listed(
            "email, e mail, email address, e-mail, e-mail address, mail address, personal email, work email,",
            "contact email, email id",
        ),
        physical=listed("dzyx, dzyj, yx_email, emailaddr, mail, email1, mailbox"),
        not_headers=listed(
            "邮箱类型, 邮件数量, 邮箱容量, 邮件主题, 信箱数量, 领导信箱来信数, email type,",
            "email count, email sent, email opt in, 邮箱品牌, 单位邮箱, chk mailing,",
            "mailing address",
        ),
        patterns=EMAILS,
        words=("邮箱", "邮件", "email"),
        presidio="EMAIL_ADDRESS",
        source="RFC 5322, the addr-spec that people write",
        examples=Examples(
            values=("zhangwei@example.com", "u@oa.local", "q@10.0.0.5", "k***n@yahoo.com"),
            not_values=("example.com", "@handle", "http://a.com", "a@"),
            headers=("电子邮箱", "邮箱地址", "email", "dzyx"),
            not_headers=("邮件数量", "email count"),
        ),
    ),
    Classifier(
        category="person.contact.social-account",
        zh=listed(
            "微信, 微信号, 微信号码, 微信账号, 微信昵称, QQ, QQ号, QQ号码, 微博, 微博账号, 微博昵称, 抖音号,",
            "抖音账号, 快手号, 支付宝账号, 支付宝账户, 钉钉号, 钉钉账号, 淘宝账号, 旺旺号, 社交账号,",
            "即时通讯账号, 即时通信号码, LINE帳號, 脸书, 臉書, 推特, 网名, 网络昵称, MSN, 直播账号,",
            "小红书账号, B站账号",
        ),
        en=listed(
            "twitter, twitter id, twitter handle, facebook, facebook id, facebook account, youtube,",
            "youtube id, youtube channel, instagram, instagram id, linkedin, wechat, wechat id, qq, qq number,",
            "weibo, social account, social media account, social media handle, im account, messenger, skype,",
            "telegram, line id, snapchat, tiktok, handle, screen name, social network",
        ),
        physical=listed("wxh, wx_no, weixin, qqh, qqhm, qq_no, wechat_no, alipay_account, im_no, tw_handle"),
        not_headers=listed(
            "微信公众号, 微信公众服务号, 微信公众号名称, 官方微博, 微博粉丝数, 微信粉丝数,",
            "微信支付, 微信支付金额, 是否关注微信, 微信订单号, youtube views, facebook likes,",
            "followers, 单位微博, 政务微博, 支付宝交易号, QQ群数量",
        ),
        patterns=(
            Pattern("handle with an at sign", "@[A-Za-z0-9_.]{2,30}", (3, 31), 0.001),
            Pattern("channel identifier", "UC[A-Za-z0-9_-]{22}", (24, 24), 0.0001),
            Pattern(
                "address of a profile",
                rf"(?i)(?:https?://)?(?:www\.|m\.)?(?:{NETWORKS})\.(?:com|cn|me|be)/[^\s]+",
                (8, 300),
                0.0001,
                None,
                0.8,
            ),
            Pattern("plain handle", "[A-Za-z0-9_.][A-Za-z0-9_. -]{1,20}", (2, 21), 0.95, None, 0.1),
        ),
        words=("微信", "qq", "twitter"),
        examples=Examples(
            values=("@SenSherrodBrown", "UCgy8jfERh-t_ixkKKoCmglQ", "https://www.facebook.com/someone"),
            not_values=("a@b.com", "http://www.example.com/", "汉族"),
            headers=("微信号", "QQ号码", "twitter", "facebook_id", "youtube"),
            not_headers=("微信公众号", "官方微博", "followers"),
        ),
    ),
    Classifier(
        category="person.network",
        zh=listed(
            "网络身份标识, 网络标识, 上网账号, 网络身份, 虚拟身份, 宽带账号, 上网卡号, 设备信息, 登录设备,",
            "登录终端, 最后登录终端, 终端信息, 浏览器信息, 推送标识",
        ),
        en=listed("network identity, online identity, cookie id, online identifier"),
        physical=listed("wlsfbs, cookieid"),
        not_headers=listed("网络类型, 网络制式, network type, 网络名称"),
        examples=Examples(headers=("网络身份标识", "上网账号", "cookie id"), not_headers=("网络类型", "网络名称")),
    ),
    Classifier(
        category="person.network.account",
        zh=listed(
            "账号, 帐号, 用户名, 用户名称, 用户账号, 用户帐号, 登录名, 登录账号, 登录帐号, 登陆名, 登陆账号,",
            "系统用户名, 账户名, 帐户名, 用户昵称, 昵称, 用户ID, 用户标识, 用户代码, 操作员, 操作人, 操作用户,",
            "操作员账号, 创建人, 创建者, 创建用户, 修改人, 修改者, 更新人, 更新者, 最后修改人, 最后更新人,",
            "提交人, 录入账号, 操作账号, 管理员账号, 评论人, 发帖人, 网友, 用户頭像, 帳號, 使用者名稱,",
            "會員帳號, 登入帳號, 暱稱, 微信openid, openid, unionid, 用户openid, 公众号openid, 支付宝用户号,",
            "支付宝userid, 第三方账号, 绑定账号, 登录用户, 登录用户名, 系统账号, 学生登录账号, 会员账号,",
            "平台账号, 游戏账号, 直播间ID, 主播ID, 作者ID, 博主ID, 发布人账号, 发帖人ID, 评论人ID, 关注人ID,",
            "粉丝ID, 登录ID, 微信ID",
        ),
        en=listed(
            "user account, username, user name, user, userid, user id, login, login name, login id,",
            "login account, account name, nickname, screenname, created by, created by user id,",
            "create user id, modified by, last modified by, updated by, last updated by,",
            "last updated by user id, last update user, update user id, entered by, posted by, operator,",
            "operator id, create user, update user, uploader, reviewer id, account id, account,",
            "account number of user, member account, wx openid, openid, open id, user code, user key,",
            "user name id, operator name, create by, update by, creator, updater, modifier, author id, poster,",
            "submitter",
        ),
        physical=listed(
            "yhm, yhmc, zh_account, dlm, dlzh, userid, uid, loginid, create_userid, updt_userid,",
            "createdbyuserid, cjr, xgr, gxr, czr, czy, create_by, update_by, creator, updater, modifier,",
            "opt_user, op_user",
        ),
        not_headers=listed(
            "账号有效期, 账号状态, 账号类型, 用户类型, 用户性质, 用户状态, 用户数, 用户数量,",
            "账号数量, 银行账号, 对公账号, user type, user count, user agent, user rating,",
            "用户所在部门, 用户地址, 操作时间, 操作类型, 操作结果, created by date, 创建时间,",
            "修改时间, user group, 注册用户数, 收款账号, 用户满意度, 账户状态, 公积金账号,",
            "公积金单位帐号, account type, account status, account balance",
        ),
        patterns=(
            Pattern("log-in name of letters and digits", "[a-z][a-z._]{2,14}[0-9]{1,4}", (4, 20), 0.05, None, 0.4),
        ),
        words=("账号", "用户名", "username"),
        examples=Examples(
            values=("white70", "zhang.wei01", "morgan45"),
            not_values=("张伟", "12345", "A"),
            headers=("用户名", "登录账号", "CREATE_USERID", "last_update_user", "系统用户名"),
            not_headers=("账号有效期", "用户类型", "操作时间", "银行账号"),
        ),
    ),
    Classifier(
        category="person.network.url",
        zh=listed("个人网页, 个人主页, 个人网站, 个人博客, 博客地址, 主页地址, 个人空间地址, 个人網站, 個人網頁"),
        en=listed(
            "personal web page, personal website, home page, homepage, blog, blog url, personal url,",
            "profile url, profile link, contact form, rss url, rss, web profile, website, url",
        ),
        physical=listed("grzy, homepage_url, rss_url, contact_form, profile_url"),
        not_headers=listed(
            "网站名称, 网站类型, 项目网址, 公司网址, 单位网址, image url, photo url,",
            "download url, api url, website type, data url, 企业网址, 网店网址",
        ),
        patterns=URLS,
        presidio="URL",
        source="RFC 3986",
        examples=Examples(
            values=("http://www.brown.senate.gov", "https://a.blogspot.hk/", "www.example.com/a"),
            not_values=("example", "a@b.com", "C:\\a.txt"),
            headers=("个人主页", "博客地址", "rss_url", "contact_form"),
            not_headers=("网站名称", "公司网址", "image url"),
        ),
    ),
)
