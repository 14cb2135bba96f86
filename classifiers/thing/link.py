"""Web addresses and files of things."""

from classifiers.classifier import Classifier, Examples, Pattern
from classifiers.vocabulary.shapes import URLS
from classifiers.vocabulary.words import listed

CLASSIFIERS = (
    Classifier(
        category="thing.url",
        zh=listed(
            "网址, 链接, 链接地址, URL, URL地址, 访问地址, 访问网址, 访问链接, 网页地址, 网页链接, 详情链接,",
            "详情地址, 原文链接, 来源链接, 来源网址, 下载地址, 下载链接, 在线链接, 服务地址, 接口地址,",
            "API地址, 数据链接, 资源链接, 资源地址, 图片链接, 视频链接, 视频地址, 地图链接, 办事指南链接,",
            "办理链接, 在线办理地址, 预约链接, 公告链接, 附件链接, 附件地址, 项目网址, 证书查询, 证书查询网址,",
            "连结, 連結, 連結網址, 網頁連結, 資料連結, 相關連結, 下載連結, 官方連結, 二维码链接, 请求地址,",
            "源地址, 跳转链接, 详情URL, 详情页URL, 网页URL, 链接URL, 跳转URL, 回调地址, 下载URL, 请求URL,",
            "请求路径, 访问路径, 路由地址, 接口URL",
        ),
        en=listed(
            "url, link, web link, hyperlink, web address, page url, data url, download url, api url,",
            "api endpoint, endpoint, source url, reference url, details link, more information link,",
            "landing page, image url, photo link of item, video url, map link, document link, permalink, uri,",
            "resource url, thumbnail url, website of project, listing url, href, feed url, news url, more info",
        ),
        physical=listed(
            "lj, ljdz, wz_url, url_link, pageurl, link_url, srcurl, cert_query, xqurl, detail_url,",
            "yuanwen_url, fwdz_api",
        ),
        not_headers=listed(
            "个人网页, 公司网站, 个人主页, 头像地址, 照片地址, 学校网址, 企业网址,",
            "company website, homepage of person, profile url, linked, linkage, 链接状态,",
            "链接类型, linkedin, url type, url count, 照片url, 人脸图片, rss url, contact form,",
            "photo url",
        ),
        patterns=URLS,
        presidio="URL",
        source="RFC 3986",
        examples=Examples(
            values=("http://www.example.com/116", "https://data.example.org/a?b=1", "www.example.com/x"),
            not_values=("汉族", "a@b.com", "example"),
            headers=("链接地址", "下载地址", "url", "download_url", "网址"),
            not_headers=("个人主页", "linkedin", "头像地址"),
        ),
    ),
    Classifier(
        category="thing.file",
        zh=listed(
            "文件, 文件路径, 文件地址, 文件名, 文件大小, 文件内容, 附件, 附件名称, 附件路径, 附件ID, 图片,",
            "图片路径, 图片地址, 图片名称, 图片编号, 现场图片, 现场照片, 产品图片, 商品图片, 封面, 封面图,",
            "缩略图, 图标, 图像, 影像, 影像资料, 视频, 视频文件, 音频, 音频文件, 文档, 文档路径, 电子文件,",
            "电子证照, 证照图片, 营业执照照片, 营业执照扫描件, 许可证照片, 资质证书扫描件, 门头照片, 合同附件,",
            "项目照片, 整改前照片, 整改后照片, 检查照片, 车辆照片, 房屋照片, 附件信息, 二维码图片, 图片列表,",
            "檔案, 檔案名稱, 附件檔案, 圖片, 圖片網址, 照片檔, 影片, 圖檔, 证据材料, 材料附件, 申请材料,",
            "材料名称文件, 附件URL, 文件URL, 图片URL, 视频URL, 二维码路径, 二维码地址, 证书文件, 合同文件,",
            "扫描件, 电子版, 文件存储路径, 存储路径, 存放路径, 保存路径, 模板文件, 导入文件名, 附件下载,",
            "下载附件, 下载",
        ),
        en=listed(
            "file, file path, filename, file name, file size, attachment, attachments, attachment path,",
            "picture, picture url, image file, image path, thumbnail, icon, cover, cover image, photo of item,",
            "photos, product image, document file, pdf, pdf link, video, video file, audio, audio file, media,",
            "media url, logo, image url of product, scan, map image, gallery, poster, file url, path,",
            "mime type, floor plan, site photo",
        ),
        physical=listed(
            "wj, wjlj, wjm, fj, fjlj, fjmc, tp, tpdz, tplj, img, img_url, image_url, pic, pic_url, picurl,",
            "file_url, filepath, attach_id, fileid, video_url, qrcode, qr_code, slt",
        ),
        not_headers=listed(
            "人脸图片, 身份证照片, 头像, 个人照片, 相片, 照片, 人像照片, portrait, face image,",
            "id card image, 文件号, 文号, 文件编号, profile, 文件类型, 文件日期, 录音文件,",
            "profile image, imagery, photo of person, avatar, 档案号, 档案编号, 人员照片,",
            "证件照片, 证件扫描件, pathology, 指纹图像, career path, image, photo, 学生照片",
        ),
        patterns=(
            Pattern(
                "path or name of a file",
                '(?i)(?:[A-Za-z]:\\\\|/|\\\\\\\\|\\./)?[^\\s<>|"]{1,200}\\.(?:pdf|docx?|xlsx?|pptx?|ofd|wps|txt|csv|json|xml|zip|rar|7z|mp3|mp4|wav|avi|mov|dwg|shp|kml|geojson|jpe?g|png|gif|bmp|webp|svg|tiff?)',
                (5, 260),
                0.0001,
                None,
                0.8,
            ),
            Pattern(
                "file in the cell",
                "(?:data:[a-z]+/[a-z0-9.+-]+;base64,)[A-Za-z0-9+/=\\s]{16,}|JVBERi0[A-Za-z0-9+/=\\s]{20,}|UEsDB[A-Za-z0-9+/=\\s]{20,}",
                (24, 10_000_000),
                0.0001,
            ),
        ),
        examples=Examples(
            values=("/upload/2018/report.pdf", "plan_2020.xlsx", "C:\\files\\a.docx", "img/123.png"),
            not_values=("汉族", "张伟", "1.5"),
            headers=("附件", "文件路径", "image_url", "attachment", "现场照片"),
            not_headers=("身份证照片", "文件编号", "face image"),
        ),
    ),
)
