package simulate

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// City is a place to scan from.
type City struct {
	Name, English string
	Lat, Lon      float64
}

// The first are China's largest by inhabitants, in that order, then some abroad.
var cities = []City{
	{"上海", "Shanghai", 31.23, 121.47}, {"北京", "Beijing", 39.90, 116.41}, {"深圳", "Shenzhen", 22.54, 114.06},
	{"重庆", "Chongqing", 29.56, 106.55}, {"广州", "Guangzhou", 23.13, 113.26}, {"成都", "Chengdu", 30.57, 104.07},
	{"天津", "Tianjin", 39.13, 117.20}, {"武汉", "Wuhan", 30.59, 114.31}, {"东莞", "Dongguan", 23.02, 113.75},
	{"西安", "Xi'an", 34.34, 108.94}, {"杭州", "Hangzhou", 30.27, 120.16}, {"佛山", "Foshan", 23.02, 113.12},
	{"南京", "Nanjing", 32.06, 118.80}, {"沈阳", "Shenyang", 41.80, 123.43}, {"青岛", "Qingdao", 36.07, 120.38},
	{"济南", "Jinan", 36.65, 117.12}, {"长沙", "Changsha", 28.23, 112.94}, {"哈尔滨", "Harbin", 45.80, 126.53},
	{"郑州", "Zhengzhou", 34.75, 113.63}, {"昆明", "Kunming", 24.88, 102.83}, {"大连", "Dalian", 38.91, 121.61},
	{"南宁", "Nanning", 22.82, 108.37}, {"石家庄", "Shijiazhuang", 38.04, 114.51}, {"厦门", "Xiamen", 24.48, 118.09},
	{"太原", "Taiyuan", 37.87, 112.55}, {"苏州", "Suzhou", 31.30, 120.58}, {"贵阳", "Guiyang", 26.65, 106.63},
	{"合肥", "Hefei", 31.82, 117.23}, {"乌鲁木齐", "Urumqi", 43.83, 87.62}, {"宁波", "Ningbo", 29.87, 121.54},
	{"无锡", "Wuxi", 31.49, 120.31}, {"福州", "Fuzhou", 26.07, 119.30}, {"长春", "Changchun", 43.82, 125.32},
	{"南昌", "Nanchang", 28.68, 115.86}, {"常州", "Changzhou", 31.81, 119.97}, {"兰州", "Lanzhou", 36.06, 103.83},
	{"中山", "Zhongshan", 22.52, 113.39}, {"惠州", "Huizhou", 23.11, 114.42}, {"汕头", "Shantou", 23.35, 116.68},
	{"呼和浩特", "Hohhot", 40.84, 111.75}, {"海口", "Haikou", 20.04, 110.20}, {"银川", "Yinchuan", 38.49, 106.23},
	{"西宁", "Xining", 36.62, 101.78}, {"拉萨", "Lhasa", 29.65, 91.17}, {"烟台", "Yantai", 37.46, 121.45},
	{"香港", "Hong Kong", 22.32, 114.17}, {"新加坡", "Singapore", 1.35, 103.82}, {"东京", "Tokyo", 35.68, 139.69},
	{"悉尼", "Sydney", -33.87, 151.21}, {"洛杉矶", "Los Angeles", 34.05, -118.24}, {"伦敦", "London", 51.51, -0.13},
	{"巴黎", "Paris", 48.86, 2.35}, {"法兰克福", "Frankfurt", 50.11, 8.68}, {"莫斯科", "Moscow", 55.76, 37.62},
}

const abroad = 9 // how many of cities, at the end

// market is where people of a regime live, and how thickly.
type market struct {
	cities []City
	upTo   []float64 // cumulative share
}

// newMarket takes n cities, made-up towns after the known ones, with shares
// that fall as rank^-zipf; 0 is uniform.
func newMarket(rng *rand.Rand, n int, zipf float64) *market {
	home := len(cities) - abroad
	m := &market{cities: append([]City(nil), cities[:min(n, home)]...)}
	for i := home; i < n; i++ {
		name := fmt.Sprintf("Town %d", i)
		m.cities = append(m.cities, City{name, name, 22 + 20*rng.Float64(), 98 + 24*rng.Float64()})
	}
	sum := 0.0
	for i := range m.cities {
		sum += math.Pow(float64(i+1), -zipf)
		m.upTo = append(m.upTo, sum)
	}
	return m
}

// pick chooses a city by its share.
func (m *market) pick(rng *rand.Rand) int {
	x := rng.Float64() * m.upTo[len(m.upTo)-1]
	lo, hi := 0, len(m.upTo)-1
	for lo < hi {
		if mid := (lo + hi) / 2; m.upTo[mid] < x {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// around chooses one of the eight cities nearest to home, or home itself.
func (m *market) around(rng *rand.Rand, home int) int {
	best, bestKM := home, math.Inf(1)
	for range 6 {
		c := m.pick(rng)
		km := math.Hypot(m.cities[c].Lat-m.cities[home].Lat, m.cities[c].Lon-m.cities[home].Lon)
		if km < bestKM {
			best, bestKM = c, km
		}
	}
	return best
}
