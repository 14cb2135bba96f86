"""Addresses and numbers of the device that a person uses."""

from classifiers.checksums import IPV4, IPV6, imei, mac
from classifiers.classifier import Classifier, Examples, Pattern
from classifiers.vocabulary.words import listed

CLASSIFIERS = (
    Classifier(
        category="person.network.ip",
        zh=listed(
            "IP, IP地址, 登录IP, 登陆IP, 最近登录IP, 最近登陆地址ip, 登陆地址段起始ip, 登陆地址段结束ip,",
            "客户端IP, 访问IP, 来源IP, 用户IP, 操作IP, 注册IP, 起始IP, 结束IP, IP段, 内网IP, 外网IP, IPV4地址,",
            "IPV6地址, IP位址, 來源IP",
        ),
        en=listed(
            "ip address, ip, client ip, login ip, remote ip, source ip, remote address, ipv4, ipv6, host ip,",
            "last ip, visitor ip, server ip",
        ),
        physical=listed("ip_addr, ipaddr, ipdz, zjdlip, ipks, ipjs, clientip, remote_addr, reg_ip"),
        not_headers=listed("IP类型, IP归属地, IP访问量, IP数量, 独立IP数, ip type, ip count, 知识产权IP"),
        patterns=(
            Pattern("IPv4 address", f"{IPV4}(?:/[0-9]{{1,2}})?(?::[0-9]{{1,5}})?", (7, 24), 0.001),
            Pattern("IPv6 address", f"(?:{IPV6})(?:/[0-9]{{1,3}})?", (2, 49), 0.0001),
            Pattern("shortened IPv4 address", "(?:[0-9]{1,3}\\.){2,3}[*xX](?:\\.[*xX])?", (5, 15), 0.0001),
        ),
        words=("ip地址", "ip address"),
        presidio="IP_ADDRESS",
        source="RFC 791, RFC 4291",
        examples=Examples(
            values=("10.148.49.127", "2001:db8::1", "192.168.1.*"),
            not_values=("256.1.1.1", "1.2.3", "12:30:45", "10.5"),
            headers=("IP地址", "最近登陆地址ip", "client_ip", "ipdz"),
            not_headers=("IP归属地", "IP访问量", "ip count"),
        ),
    ),
    Classifier(
        category="person.network.mac",
        zh=listed("MAC, MAC地址, 网卡地址, 物理地址, 网卡MAC, 设备MAC, 终端MAC地址, 蓝牙地址, MAC位址"),
        en=listed("mac address, mac, hardware address, bluetooth address, wifi mac, bssid, ethernet address"),
        physical=listed("mac_addr, macaddr, macdz, device_mac"),
        not_headers=listed("mac version, macos, MAC数量, macro, mac type"),
        patterns=(
            Pattern(
                "six octets",
                "[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{4}\\.[0-9A-Fa-f]{4}\\.[0-9A-Fa-f]{4}",
                (14, 17),
                0.0001,
                mac,
            ),
        ),
        words=("mac地址", "mac address"),
        presidio="MAC_ADDRESS",
        source="IEEE 802",
        examples=Examples(
            values=("00:1A:2B:3C:4D:5E", "00-1a-2b-3c-4d-5e", "001A.2B3C.4D5E"),
            not_values=("00:00:00:00:00:00", "00:1A:2B:3C:4D", "12:30:45"),
            headers=("MAC地址", "mac_address", "网卡地址"),
            not_headers=("macOS", "MAC数量"),
        ),
    ),
    Classifier(
        category="person.network.imei",
        zh=listed(
            "IMEI, IMEI号, IMSI, IMSI号, MEID, ICCID, 设备识别码, 设备识别号, 手机串号, 手机识别码,",
            "国际移动设备识别码, 设备唯一标识, 终端串号, 手机设备号, 广告标识符, 安卓ID, 设备指纹",
        ),
        en=listed(
            "imei, imei number, imsi, meid, iccid, international mobile equipment identity, android id,",
            "device serial number, device identifier, handset id, advertising identifier",
        ),
        physical=listed("imei_no, imsi_no, androidid, device_imei, deviceid"),
        not_headers=listed("设备编号, 设备类型, 设备名称, device type, device name, imei type, 设备型号"),
        patterns=(
            Pattern("IMEI with check digit", "[0-9]{15}", (15, 15), 0.1, imei, 0.6),
            Pattern("IMEI with hyphens", "[0-9]{2}-[0-9]{6}-[0-9]{6}-[0-9]", (18, 18), 0.001),
            Pattern("IMSI of China", "460[01][0-9][0-9]{10}", (15, 15), 0.002, None, 0.7),
        ),
        words=("imei", "imsi"),
        source="3GPP TS 23.003",
        examples=Examples(
            values=("490154203237518", "35-209900-176148-1", "460011234567890"),
            not_values=("490154203237519", "000000000000000", "4901542032375"),
            headers=("IMEI", "手机串号", "IMSI号", "imei_no"),
            not_headers=("设备类型", "设备名称", "device type"),
        ),
    ),
)
