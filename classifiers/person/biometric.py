"""Pictures and measures of the body, and the secrets that prove who one is."""

from classifiers.classifier import Classifier, Examples, Pattern
from classifiers.vocabulary.words import listed

PICTURE = Pattern(
    "path of a picture",
    "(?i)[^\\s,;]*\\.(?:jpe?g|png|bmp|gif|webp|tiff?|heic)(?:\\?[^\\s]*)?",
    (5, 400),
    0.0001,
    None,
    0.6,
)
INLINE = Pattern(
    "picture in the cell",
    "(?:data:image/[a-z+]+;base64,)?(?:/9j/|iVBORw0KGgo|R0lGOD|Qk0|UklGR)[A-Za-z0-9+/=\\s]{20,}",
    (24, 10_000_000),
    0.0001,
    None,
    0.8,
)

CLASSIFIERS = (
    Classifier(
        category="person.biometric",
        zh=listed("生物识别, 生物识别信息, 生物特征, 生物特征信息, 生物特征数据"),
        en=listed("biometric, biometrics, biometric data, biometric template"),
        physical=listed("swtz, biodata"),
        not_headers=listed("生物质, 生物多样性, 生物种类, biometric device, 生物种类名称"),
        examples=Examples(headers=("生物识别信息", "biometric data"), not_headers=("生物多样性", "biometric device")),
    ),
    Classifier(
        category="person.biometric.photo",
        zh=listed(
            "照片, 相片, 人像, 人脸, 人脸照片, 人像照片, 人脸图片, 人脸图像, 人脸信息, 头像, 头像地址,",
            "个人照片, 本人照片, 近照, 免冠照, 免冠照片, 一寸照, 证件照, 登记照, 学生照片, 员工照片, 现场人像,",
            "照片路径, 照片地址, 照片url, 照片文件, 照片信息, 抓拍照片, 抓拍图片, 大头照, 相貌, 人員照片,",
            "照片檔案, 個人照片, 大頭照, 人员照片路径, 本人头像, 会员头像, 用户头像, 微信头像,",
            "关爱对象照片URL, 老人照片, 儿童照片, 患者照片, 驾驶员照片, 考生照片, 手持证件照, 人证比对照片,",
            "人像比对结果, 采集照片, 高拍照片, 头像URL, 照片URL, 证件照URL, 人脸URL, 个人照片URL, 学生头像,",
            "老师头像, 司机头像, 医生头像, 患者头像, 相片URL",
        ),
        en=listed(
            "photo, photograph, portrait, face, face image, facial image, headshot, profile picture,",
            "profile image, avatar, photo path, photo url, picture of person, mugshot, image, person photo,",
            "selfie, head image, head portrait, head url, head pic, face pic, picture face, face photo,",
            "user photo, student photo, employee photo, image of face",
        ),
        physical=listed(
            "zp, rlzp, rxzp, zplj, photo_path, face_img, facepic, head_img, headimg, headpic, avatar_url,",
            "photourl, imgurl_face, tx_avatar",
        ),
        not_headers=listed(
            "现场照片, 项目照片, 产品照片, 门头照片, 营业执照照片, 建筑照片, 景点照片, 车辆照片,",
            "图片, 商品图片, 身份证照片, 身份证正面照, 照片数量, photo count, photovoltaic,",
            "surface, interface, face value, 图标, image of product, 产品图片, 风景照片,",
            "image url of product, 证照, 证件照片, 执照照片, photo credit, 施工照片, 器械照片",
        ),
        patterns=(PICTURE, INLINE),
        words=("照片", "人脸", "photo"),
        examples=Examples(
            values=(
                "/upload/2018/1482406.jpg",
                "http://a.example/face/1.png",
                "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB",
            ),
            not_values=("汉族", "a.pdf", "12345"),
            headers=("照片", "人脸照片", "photo_path", "头像"),
            not_headers=("产品照片", "身份证照片", "photovoltaic"),
        ),
    ),
    Classifier(
        category="person.biometric.fingerprint",
        zh=listed(
            "指纹, 指纹信息, 指纹数据, 指纹特征, 指纹图像, 指纹编号, 指纹模板, 掌纹, 左手指纹, 右手指纹,",
            "指静脉, 指紋, 指紋資料",
        ),
        en=listed(
            "fingerprint, fingerprint data, fingerprint template, palm print, finger vein, thumbprint,",
            "fingerprint image",
        ),
        physical=listed("zw_finger, zwxx, fp_template, finger_data"),
        not_headers=listed(
            "指纹锁, 指纹考勤机, 设备指纹, fingerprint reader, 指纹识别仪, browser fingerprint,",
            "certificate fingerprint",
        ),
        words=("指纹", "fingerprint"),
        examples=Examples(
            headers=("指纹", "指纹信息", "fingerprint"), not_headers=("指纹锁", "设备指纹", "certificate fingerprint")
        ),
    ),
    Classifier(
        category="person.biometric.document-photo",
        zh=listed(
            "身份证照片, 身份证图片, 身份证正面, 身份证反面, 身份证正面照, 身份证反面照, 身份证人像面,",
            "身份证国徽面, 身份证扫描件, 身份证复印件, 身份证影像, 身份证附件, 证件照片, 证件图片, 证件影像,",
            "证件扫描件, 证件附件, 证件复印件, 护照照片, 护照扫描件, 户口本照片, 户口簿扫描件, 户口簿图片,",
            "驾驶证照片, 行驶证照片, 结婚证照片, 手持身份证照片, 身份證影本, 證件影本, 电子证照文件, 证件正面,",
            "证件反面, 证件背面, 驾驶证图片, 驾驶证副本, 驾驶证正面, 行驶证图片, 从业资格证图片,",
            "从业资格证照片, 上岗证图片, 资格证附件, 资格证照片, 资格证图片, 残疾证照片, 社保卡照片,",
            "毕业证照片, 学历证书照片, 营业执照法人身份证照片, 证件图像, 证件电子版, 护照首页, 护照复印件,",
            "户口本首页, 户口本复印件, 银行卡照片, 结婚证扫描件, 出生证明扫描件, 银行卡正面, 证件照片URL,",
            "身份证照片URL, 身份证正面URL, 身份证反面URL, 证书扫描件, 证书图片, 证书照片, 学历证书扫描件,",
            "资格证书扫描件, 证件URL",
        ),
        en=listed(
            "id card photo, id card image, identity card image, passport scan, passport copy, passport image,",
            "id scan, document scan of person, id copy, front of id card, back of id card,",
            "driver license image, photo id, id card front, id card back, id card front image,",
            "id card back image, idcard front img, idcard back img, identity card photo,",
            "license photo of driver, passport photo page, certificate photo, id front url, id back url",
        ),
        physical=listed("sfzzp, sfzzm, sfzfm, idcard_img, idcard_front, idcard_back, id_photo, sfz_img"),
        not_headers=listed(
            "营业执照照片, 营业执照扫描件, 许可证照片, 证照类型, 资质证书扫描件,",
            "photo id required, 证件类型, 身份证号",
        ),
        patterns=(PICTURE, INLINE),
        words=("身份证照片", "扫描件"),
        examples=Examples(
            values=("/idcard/330203.jpg", "front_0001.png", "data:image/jpeg;base64,/9j/4AAQSkZJRgABAQAAAQABAAD"),
            not_values=("汉族", "a.docx", "11010519491231002X"),
            headers=("身份证照片", "身份证正面", "passport scan", "证件扫描件"),
            not_headers=("营业执照照片", "证件类型", "身份证号"),
        ),
    ),
    Classifier(
        category="person.biometric.feature",
        zh=listed(
            "虹膜, 虹膜信息, 声纹, 声纹信息, 声音样本, 步态, 步态特征, 耳廓, 眼纹, 人脸特征, 人脸特征值,",
            "面部特征, 人脸特征码, 基因, 基因序列, 基因型, DNA, DNA编号, DNA信息, DNA样本编号, DNA检测结果,",
            "STR分型, 笔迹, 体貌特征, 体表特征, 纹身情况, 相貌特征, 聲紋, 虹膜資料, 人臉特徵, 声纹特征,",
            "人脸比对分值, 人脸向量, 人脸编码, 虹膜特征, DNA库编号, DNA样本, 足迹, 足迹编号, 牙模, 体貌,",
            "身体特征",
        ),
        en=listed(
            "iris, iris scan, retina, voiceprint, voice sample, gait, facial feature, face template,",
            "face embedding, face vector, genome, gene, genetic data, dna, dna profile, dna sample, genotype,",
            "snp, genetic test, handwriting sample, tattoo, scars marks tattoos",
        ),
        physical=listed("hm_iris, shengwen, face_feature, facefeature, rs_id_snp, dna_no"),
        not_headers=listed(
            "转基因, 基因检测机构, iris flower, gene bank of plants, 花卉品种, general,",
            "generation, gender, engine, iris species, 基因库, gene symbol",
        ),
        words=("虹膜", "声纹", "dna"),
        source="GB/T 40660-2021",
        examples=Examples(
            headers=("声纹", "虹膜信息", "DNA编号", "face_embedding"),
            not_headers=("转基因", "generation", "iris species"),
        ),
    ),
    Classifier(
        category="person.credential",
        zh=listed(
            "身份鉴别, 鉴别信息, 验证信息, 密保, 密保问题, 密保答案, 安全问题, 安全问题答案, 数字证书,",
            "数字证书序列号, 电子签名, 手写签名, 签名图片, 个人签名, 签名, 電子簽章, 电子签名图片, 签名图,",
            "手写签名图片, 手写签字, 签字图片, 电子印章, 私章, 预留信息, 安全提示问题",
        ),
        en=listed(
            "credential, credentials, security question, security answer, secret question, signature,",
            "electronic signature, private key, digital certificate of person, signature image",
        ),
        physical=listed("jbxx_auth, qm_sign, sign_img, secret_answer"),
        not_headers=listed(
            "签名算法, signature algorithm, 签约, credential type, 签字日期, 方法签名,",
            "credentials required, credit, signature date, 签名时间, 个性签名",
        ),
        examples=Examples(
            headers=("密保问题", "电子签名", "security answer", "private key"),
            not_headers=("签名算法", "signature date"),
        ),
    ),
    Classifier(
        category="person.credential.password",
        zh=listed(
            "密码, 口令, 登录密码, 登陆密码, 用户密码, 支付密码, 交易密码, 查询密码, 初始密码, 密码哈希,",
            "加密密码, 密码密文, 密码盐, 验证码, 短信验证码, 动态口令, 动态码, 令牌, 访问令牌, 会话令牌, 密钥,",
            "秘钥, 私钥, 接口密钥, 取件码, 开门密码, 激活码, 密碼, 口令牌, 驗證碼, 登入密碼, 会员密码,",
            "服务密码, 登录令牌, 令牌失效时间, 用户口令, 开户密码, 卡密码, 提取码, 取件验证码, 通行码, 邀请码,",
            "刷新令牌",
        ),
        en=listed(
            "password, passwd, pwd, passphrase, pass word, password hash, pin code, pin, access token, token,",
            "refresh token, session token, session id, secret, api key, secret key, otp, verification code,",
            "one time password, password salt, auth code, cvv, cvc, security code, login password, passcode",
        ),
        physical=listed(
            "mm, mima, dlmm, yhmm, passwd_hash, pwd_hash, salt, userpwd, user_pass, access_key, secretkey,",
            "app_secret, jwt, sessionid",
        ),
        not_headers=listed(
            "密码有效期, 密码修改时间, 密码类型, 商用密码, 密码管理局, 密码器, password expiry,",
            "password changed at, token count, pin to pin, pineapple, token type, pinyin,",
            "密码产品, 密码应用, 密码错误次数, 验证码发送时间, 在线验证码, secretary,",
            "password expires, secretariat, opinion, spin, pincode of india, 密钥长度,",
            "票据密码状态, salt content, 盐",
        ),
        patterns=(
            Pattern(
                "digest in hexadecimal digits",
                "[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9A-F]{32}|[0-9A-F]{64}",
                (32, 64),
                0.0001,
                None,
                0.1,
            ),
            Pattern(
                "password hash with its scheme",
                "\\$(?:2[abxy]|argon2(?:id|i|d)|1|5|6|scrypt|pbkdf2[a-z0-9-]*)\\$.{10,}|\\{(?:SHA|SSHA|MD5|CRYPT|bcrypt|noop)\\}.{6,}",
                (13, 400),
                0.0001,
            ),
            Pattern("signed token", "eyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*", (24, 8000), 0.0001),
        ),
        words=("密码", "password"),
        examples=Examples(
            values=(
                "8bab6cafe4b84f8bb1db5d74bc46e8d0",
                "$2b$12$C6UzMDM.H6dfI/f/IKcEeO7ZQ0aW6dk8",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc",
            ),
            not_values=("汉族", "12345678", "8bab6caf-e4b8-4f8b-b1db-5d74bc46e8d0"),
            headers=("密码", "登录密码", "password", "access_token"),
            not_headers=("密码有效期", "商用密码", "token type", "pinyin"),
        ),
    ),
)
