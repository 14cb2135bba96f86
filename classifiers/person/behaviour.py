"""What people do and are labelled with: behaviour, communication, tags, and where exactly they are."""

from classifiers.classifier import Classifier, Examples
from classifiers.vocabulary.shapes import COORDINATES
from classifiers.vocabulary.words import listed

CLASSIFIERS = (
    Classifier(
        category="person.location.coordinates",
        zh=listed(
            "居住地经度, 居住地纬度, 住址经度, 住址纬度, 家庭经度, 家庭纬度, 家庭住址坐标, 个人坐标, 实时经度,",
            "实时纬度, 定位经度, 定位纬度, 当前经度, 当前纬度, 人员坐标, 签到经度, 签到纬度, 上报经度,",
            "上报纬度, 报警经度, 报警纬度, 巡查经度, 巡查纬度, 上车经度, 上车纬度, 下车经度, 下车纬度,",
            "手机定位, GPS定位, GPS经度, GPS纬度, 经度, 纬度, 位置坐标, 定位坐标, 住址坐標, 現居地經度,",
            "現居地緯度",
        ),
        en=listed(
            "personal coordinates, home latitude, home longitude, residence latitude, residence longitude,",
            "pickup latitude, pickup longitude, dropoff latitude, dropoff longitude, gps latitude,",
            "gps longitude, gps coordinates, user latitude, user longitude, patient latitude,",
            "patient longitude, latitude, longitude, current latitude, current longitude",
        ),
        physical=listed(
            "home_lat, home_lng, gps_lat, gps_lng, gps_x, gps_y, pickup_lat, pickup_lon, user_lat, user_lng"
        ),
        not_headers=listed(
            "站点经度, 站点纬度, 项目经度, 设备经度, 建筑经度, 店铺经度, 企业经度, 井口经度,",
            "经度范围, 测站经度, 纬度地带, 站点坐标, 维度, 数据维度, 经纬度来源,",
            "school latitude, station latitude, site latitude, 监测点经度, 经度方向",
        ),
        patterns=COORDINATES,
        words=("经度", "纬度"),
        source="GB/T 45574-2025, precise location",
        examples=Examples(
            values=("40.234845", "116.403963,39.915119", "N31°14'15.2\""),
            not_values=("40", "汉族", "1,234.00"),
            headers=("居住地经度", "定位纬度", "home_latitude", "pickup_longitude"),
            not_headers=("站点经度", "数据维度"),
        ),
    ),
    Classifier(
        category="person.tag",
        zh=listed(
            "标签, 个人标签, 用户标签, 人员标签, 人群标签, 客户标签, 画像, 用户画像, 个人画像, 标签名称,",
            "人员分类标签, 群体标签, 兴趣, 兴趣爱好, 爱好, 个人爱好, 偏好, 消费偏好, 星座, 生肖, 属相, 性格,",
            "性格特征, 用户等级, 会员等级, 会员积分, 积分, 人才类型, 人才类别, 人才等级, 人才称号,",
            "重点人群类型, 人群分类, 客户分群, 客户等级, 个人荣誉, 興趣, 星座名稱, 血统, 是否重点人群,",
            "重点人群, 重点人群分类, 特殊人群, 特殊人群类型, 人员特征, 行为特征, 能力标签, 兴趣标签, 健康标签,",
            "风险标签, 消费等级, 活跃度等级, 客户价值等级, 忠诚度",
        ),
        en=listed(
            "personal tag, user tag, tag, tags of user, profile, persona, user segment, segment,",
            "customer segment, interests, interest, hobby, hobbies, preference, preferences, zodiac,",
            "membership level, loyalty tier, user level, lifestyle, personality, talent type, cohort,",
            "risk profile of person, propensity score",
        ),
        physical=listed("bq, yhbq, bqmc, user_profile, user_tags, xqah, flaglist_person"),
        not_headers=listed(
            "车辆的标签集合, 标签颜色, 电子标签, 商品标签, html tag, rfid tag, tag number,",
            "interest rate, interest income, 贷款利息, 利息, 数据标签, 标签价格, price tag,",
            "标签规格, tag id, product profile, soil profile, 断面, road segment, 积分规则,",
            "segment id, interest amount, 文章标签, 食品标签",
        ),
        examples=Examples(
            headers=("用户标签", "兴趣爱好", "用户画像", "customer segment"),
            not_headers=("电子标签", "interest rate", "商品标签"),
        ),
    ),
    Classifier(
        category="person.behaviour",
        zh=listed(
            "行为记录, 用户行为, 操作记录, 操作日志, 浏览记录, 浏览历史, 搜索记录, 搜索关键词, 点击记录,",
            "访问记录, 访问时间, 访问页面, 登录记录, 登录时间, 登录次数, 登录日期, 最近登录时间, 最后登录时间,",
            "在线时长, 上网时间, 上网地点, 上机时间, 下机时间, 借阅记录, 借阅日期, 借书日期, 还书日期,",
            "借阅图书, 借阅次数, 居民用电量, 居民用水量, 用户用电量, 用户用水量, 户用电量, 本期水量, 本期抄见,",
            "抄表日期, 抄表读数, 消费记录, 购买记录, 购票记录, 订票记录, 预约记录, 预约时间, 预约时段,",
            "活动记录, 参与活动, 志愿服务时长, 学习时长, 考勤记录, 考勤时间, 出勤情况, 出勤天数, 旷课次数,",
            "迟到次数, 请假类型, 请假原因, 投票记录, 评价记录, 上网记录, 通行记录, 进出记录, 门禁记录,",
            "刷脸记录, 骑行时长, 骑行距离, 租还车记录, 用水量, 居民用水, 户均用电量, 阶梯用电, 考勤, 签到次数,",
            "打卡次数, 打卡时间, 打卡状态, 消费行为, 浏览时间, 访问次数, 访问时长, 停留时长, 使用时长,",
            "使用次数, 登录方式, 登录状态, 登录地址, 操作时间, 志愿服务, 志愿服务时间, 志愿服务项目,",
            "志愿者星级, 参与次数, 活动参与情况, 活动报名时间, 积分兑换, 兑换记录, 还书时间, 应还日期,",
            "续借次数, 逾期未还, 阅读时长, 观看时长, 网购记录, 点餐记录, 运动记录, 骑行记录, 停车记录",
        ),
        en=listed(
            "behaviour, behavior, user behavior, activity log, browsing history, search history, search query,",
            "click, clicks, page views of user, login time, last login, last seen, login count,",
            "session duration, usage, electricity usage of customer, meter reading, purchase record,",
            "order history, checkout date, borrow date, return date, watch history, attendance, absences,",
            "leave type, reading history, user agent, user action, review rating, satisfaction, trip duration,",
            "energy use of household, household consumption, data usage, call duration, call count,",
            "consumption of customer, purchases, screen time",
        ),
        physical=listed(
            "xwjl, dlsj, login_tm, last_login_time, hydl, jysj_borrow, user_agent, water_consum, period_copy,",
            "meter_read_dt, kqjl",
        ),
        not_headers=listed(
            "企业行为, 处罚行为名称, 违法行为, 全社会用电量, 工业用电量, 网站访问量, 访问量,",
            "点击量, 浏览量, 下载次数, 阅读量, 访问网址, 执行行为, 失信行为, page views,",
            "click rate, usage instructions, land usage, usage type, power usage of building,",
            "总用电量, 总用水量, behavior of system, 服务次数, 活动人数, 活动时间, 活动地点,",
            "satisfaction rate",
        ),
        examples=Examples(
            headers=("浏览记录", "借阅记录", "last_login", "居民用电量", "考勤记录"),
            not_headers=("访问量", "工业用电量", "page views"),
        ),
    ),
    Classifier(
        category="person.communication",
        zh=listed(
            "通信内容, 通话内容, 通话记录, 通话录音, 录音文件, 录音, 录音地址, 短信内容, 短信记录, 聊天内容,",
            "聊天记录, 邮件内容, 邮件正文, 消息内容, 私信内容, 来信内容, 通话时间, 通话时长, 通话对象,",
            "呼叫记录, 通讯录, 联系人列表, 好友列表, 来电时间, 来电记录, 通訊內容, 簡訊內容, 語音檔, 通话号码,",
            "对方号码, 呼叫类型, 聊天, 私信, 短信, 语音留言, 录音链接, 通话录音地址, 热线录音, 录音URL,",
            "报警录音, 报警录音URL, 通话录音URL, 通话录音文件, 录音文件路径, 语音文件",
        ),
        en=listed(
            "message content, message body, email body, email content, sms content, sms text, chat, chat log,",
            "chat message, call log, call record, call recording, voice recording, recording, correspondence,",
            "phone book, contact list, text message, conversation, transcript of call, voicemail",
        ),
        physical=listed("thnr, thjl, dxnr, msg_content, sms_content, luyin, ly_file, recording_url"),
        not_headers=listed(
            "短信条数, 通话次数, message type, message id, chat room, 录音状态, error message,",
            "recording date of document, 短信模板, 短信发送状态, recording fee, 消息类型,",
            "通信费, 推送消息标题, 通信方式",
        ),
        words=("通话记录", "短信内容"),
        source="GB/T 43697-2024 annex B",
        examples=Examples(
            headers=("通话记录", "短信内容", "chat log", "录音文件"),
            not_headers=("短信条数", "message type", "error message"),
        ),
    ),
)
