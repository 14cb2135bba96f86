"""Measures of things, with their units or without."""

from classifiers.classifier import Classifier, Examples, Pattern
from classifiers.vocabulary.shapes import NUMBER
from classifiers.vocabulary.words import listed

WRITTEN = "-?[0-9]{1,3}(?:,[0-9]{3})*(?:\\.[0-9]+)?|-?[0-9]+(?:\\.[0-9]+)?"

UNITS = (
    "mm|cm|dm|m|km|米|公里|千米|厘米|毫米|m2|m²|㎡|平方米|平方公里|km2|亩|公顷|ha|m3|m³|立方米|升|L|ml|mL|kg|"
    "g|mg|t|吨|公斤|千克|克|斤|kW|kw|千瓦|kWh|kwh|千瓦时|度|V|kV|A|Hz|Pa|kPa|MPa|℃|°C|°F|dB|分贝|"
    "mg/L|mg/m3|μg/m3|ug/m3|ppm|ppb|m/s|km/h|mmHg|lux|rpm|座|层|车道|英寸|inch|ft|lb|lbs|mi|"
    "miles|acres?|sq ?ft|sqft"
)


CLASSIFIERS = (
    Classifier(
        category="thing.measure",
        zh=listed(
            "面积, 占地面积, 总面积, 用地面积, 土地面积, 总建筑面积, 规划面积, 绿地面积, 绿化面积, 种植面积,",
            "播种面积, 耕地面积, 林地面积, 草地面积, 牧草地面积, 水面面积, 林果面积, 退耕还林面积,",
            "有效灌溉面积, 复垦复绿面积, 拆除旧房面积, 占用面积, 经营面积, 营业面积, 经营场所面积, 使用面积,",
            "仓储面积, 流域面积, 覆盖面积, 施工面积, 竣工面积, 销售面积, 成交面积, 楼面面积, 出让面积,",
            "宗地面积, 学校占地面积, 长度, 宽度, 高度, 深度, 厚度, 直径, 半径, 周长, 里程, 总里程, 公里数,",
            "距离, 与村主干路距离, 管径, 管长, 坡度, 容积, 容量, 体积, 库容, 总库容, 蓄水量, 水位, 水深, 流量,",
            "流速, 雨量, 降雨量, 降水量, 日降雨量, 蒸发量, 温度, 气温, 最高气温, 最低气温, 水温, 湿度,",
            "相对湿度, 气压, 风速, 风向, 风力, 能见度, 日照时数, 云量, 辐射, PM2.5, PM10, 二氧化硫, 二氧化氮,",
            "一氧化碳, 臭氧, 臭氧浓度, 空气质量指数, AQI, 浓度, 排放量, 排放浓度, pH, pH值, 溶解氧,",
            "化学需氧量, 氨氮, 总磷, 总氮, 高锰酸盐指数, 浊度, 余氯, 噪声, 噪声值, 分贝, 电流, 电压, 功率,",
            "装机容量, 发电量, 供电量, 全社会用电量, 工业用电量, 用电量, 用水量, 用水总量, 供水量, 用气量,",
            "能耗, 用能量, 产量, 总产量, 年产量, 单产, 产能, 生产能力, 处理量, 处理能力, 污水处理量,",
            "垃圾处理量, 载重, 载重量, 总质量, 吨位, 载客数, 核载人数, 核定载客, 核定载质量, 排量, 重量, 毛重,",
            "净重, 速度, 限速, 平均车速, 行程车速, 拥堵指数, 指数, 价格指数, 评分值, 监测值, 测量值, 检测值,",
            "检测数据, 观测值, 数值, 指标值, 平均值, 最大值, 最小值, 限值, 标准值, 参考值, 阈值, 规格尺寸,",
            "尺寸, 客座数, 层高, 震级, 震源深度, 烈度, 胸径, 树高, 冠幅, 建筑高度, 建筑密度, 绿量, 辐射值,",
            "容重, 含量, 营养成分含量, 热量, 水溫, 氣溫, 雨量值, 濕度, 風速值, 面積, 樓地板面積, 土地面積,",
            "長度, 寬度, 高度值, 濃度, 測值, 數值, 水位高度, 蓄水率量, 时速, 用量, 存量, 总量, 增量, 供应量,",
            "需求量, 消耗量, 交易量, 成交量, 运输量, 货运量, 周转量, 货物吞吐量, 集装箱吞吐量, 吞吐量, 产生量,",
            "回收量, 清运量, 垃圾清运量, 储量, 储备量, 物资储备量, 保有量, 存栏量, 出栏量, 生猪出栏量, 捕捞量,",
            "施用量, 灌溉量, 径流量, 输沙量, 承载量, 最大承载量, 载客量, 负荷, 用电负荷, 最大负荷, 电量, 水量,",
            "气量, 天然气用量, 用能, 标准煤, 碳排放量, 二氧化碳排放量, 排水量, 排污量, 采集量, 采样量, 完成量,",
            "工程量, 作业量, 工作量, 业务量, 快递业务量, 邮政业务总量, 本期值, 上期值, 累计值, 基期值, 同期值,",
            "目标值, 实际值, 计划值, 预警值, 经度值, 材质, 密度值, 精度, 分辨率, 倍数, 强度, 硬度, 粘度, 照度,",
            "亮度, 色度, 电导率, 透明度, 叶绿素, 高锰酸盐, 总硬度, 大肠菌群, 菌落总数, 辐射剂量, 震动, 位移,",
            "沉降量, 倾角, 流域面积占比, 单位面积产量, 人均用水量, 生活用水量, 农业用水量, 工业用水量,",
            "绿化覆盖面积, 人均公园绿地面积, 道路面积, 管网长度, 管道长度, 线路长度, 航道里程, 通航里程,",
            "铁路里程, 公路里程, 轨道里程, 录取分数线, 分数线, 最低分数线, 投档线, 控制线, 重量限制, 限重,",
            "限高, 限宽, 载重限制",
        ),
        en=listed(
            "measure, measurement, value of measurement, reading, area, land area, building area, floor area,",
            "gross floor area, lot area, square feet, sq ft, sqft, acres, acreage, shape area, shape length,",
            "length, width, height, depth, distance, diameter, radius, perimeter, thickness, speed,",
            "speed limit, velocity, temperature, temp, max temperature, min temperature, air temperature,",
            "water temperature, humidity, pressure, wind speed, wind direction, precipitation, rainfall,",
            "snowfall, visibility, dew point, pm25, pm2 5, pm10, so2, no2, co, ozone, o3, aqi,",
            "air quality index, concentration, emission, emissions, co2, co2 emissions, ph, turbidity,",
            "conductivity, dissolved oxygen, flow, flow rate, water level, gauge height, discharge rate,",
            "noise level, voltage, current, power, energy, energy use, electricity consumption, kwh,",
            "megawatt hours, generation, fuel consumption, fuel economy, mpg, horsepower, engine size,",
            "displacement, gross weight, net weight, weight of vehicle, building height, tree height, dbh,",
            "trunk diameter, magnitude, index value, index of, score of environment, average, mean, median,",
            "minimum, maximum, std, variance, min, max, standard deviation, limit, threshold, yield,",
            "production, output, capacity mw, dosage of chemical, nutrient content, calories of food,",
            "hardness, salinity, slope, aspect, lot size, building footprint, far, floor area ratio, num,",
            "density, population density, trip distance, mileage, odometer, travel time, exposure value, x, y,",
            "z, life expectancy, road surface condition index, condition rating, water quality,",
            "water quality index, performance score, index score, quality score, walk score, noise,",
            "traffic speed, snow depth, river level, tide height, discharge cfs, stream flow, soil moisture,",
            "solar radiation, uv index, carbon emissions, greenhouse gas emissions, ghg emissions,",
            "energy consumption, water consumption, water use, gas use, fuel use, total energy,",
            "recycling tonnage, tonnage, waste tons, score",
        ),
        physical=listed(
            "mj, zdmj, jzmj_total, gdmj, ldmj, mcdmj, smmj, lgmj, tghlmj, yxggmj, fkflmj, ccjfmj, yczgljl, cd,",
            "kd, gd, jl_distance, lc, sw_level, ll_flow, yl, wd_temp, sd_humidity, fs_wind, fx_wind,",
            "qy_pressure, value_num, sjz, jcz, shape_leng, shape_area, gross_sqft, cl_yield, zzl",
        ),
        not_headers=listed(
            "住房面积, 人均住房面积, 建筑面积, 身高, 体重, 体温, 血压, 血糖, head circumference,",
            "body weight, body temperature, heart rate, blood glucose, 宅基地面积, 承包地面积,",
            "sampling weight, area code, area name, height of patient, blood pressure, 面积单位,",
            "measure name, measure id, measure unit, 密度等级, 速度等级, density of mass,",
            "number of employees, current status, current address, current date, current use,",
            "power of attorney, index, max glu serum, 血氧, 肺活量, 心率, 指标值类型, 数值单位,",
            "minor, maximum sentence, value date, 出生体重, 居民用电量, 房屋面积, 原住房面积,",
            "家庭住房面积, power plant name, mean income, average salary, 耕地承包面积,",
            "co owner, co applicant",
        ),
        patterns=(
            Pattern("number with a unit", f"(?:{WRITTEN}) ?(?:{UNITS})", (2, 24), 0.02),
            NUMBER,
        ),
        examples=Examples(
            values=("12.5km", "350 平方米", "25℃", "0.05mg/L"),
            not_values=("汉族", "张伟", "2020-01-01"),
            headers=("占地面积", "降雨量", "PM2.5", "temperature", "耕地面积", "监测值"),
            not_headers=("住房面积", "身高", "blood pressure", "sampling weight"),
        ),
    ),
)
