package presentation

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/merchant-portal/client"
)

func folder(files map[string]string) fstest.MapFS {
	all := fstest.MapFS{}
	for name, content := range files {
		all[name] = &fstest.MapFile{Data: []byte(content)}
	}
	return all
}

func TestRead(t *testing.T) {
	got, err := Read(folder(map[string]string{
		"story.zh-CN.md": "第一段。\n\n第二段。",
		"pictures.csv":   "file,zh-CN,en\nb.jpg,瓶身,The bottle\na.png,盒,\n",
		"a.png":          "A",
		"b.jpg":          "B",
		"links.csv": "kind,zh-CN,en,url,seller,startsAt\nbuy,旗舰店,Flagship,https://shop.example/,,\nbuy,某店,,https://other.example/,some-shop,\n" +
			"live,直播,Live,https://live.example/,,2026-12-01T20:00:00+08:00\nvideo,视频,,https://video.example/,,\n",
	}))
	if err != nil {
		t.Fatal(err)
	}
	want := Folder{
		Story: client.EitherText{ZhCN: "第一段。\n\n第二段。"},
		Pictures: []Picture{
			{"b.jpg", []byte("B"), client.Text{ZhCN: "瓶身", En: "The bottle"}},
			{"a.png", []byte("A"), client.Text{ZhCN: "盒"}},
		},
		Videos: []client.Video{
			{
				Title:    client.Text{ZhCN: "直播", En: "Live"},
				URL:      "https://live.example/",
				Live:     true,
				StartsAt: time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC),
			},
			{Title: client.Text{ZhCN: "视频"}, URL: "https://video.example/"},
		},
		Buy: []client.BuyLink{
			{Label: client.Text{ZhCN: "旗舰店", En: "Flagship"}, URL: "https://shop.example/"},
			{Label: client.Text{ZhCN: "某店"}, URL: "https://other.example/", Seller: "some-shop"},
		},
	}
	if d := cmp.Diff(want, got, cmp.Comparer(time.Time.Equal)); d != "" {
		t.Error(d)
	}
	if got, err := Read(folder(nil)); err != nil || len(got.Buy) != 0 {
		t.Errorf("an empty folder: %+v %v", got, err)
	}
}

// What is wrong is named by file and row.
func TestReadRefuses(t *testing.T) {
	for want, files := range map[string]map[string]string{
		"pictures.csv: row 2: ":                {"pictures.csv": "file,zh-CN,en\nnone.jpg,图,\n"},
		"links.csv: row 3: kind":               {"links.csv": "kind,zh-CN,en,url,seller,startsAt\nbuy,店,,u,,\nshop,店,,u,,\n"},
		"links.csv: row 2: startsAt":           {"links.csv": "kind,zh-CN,en,url,seller,startsAt\nlive,播,,u,,tomorrow\n"},
		"links.csv: record on line 2":          {"links.csv": "kind,zh-CN,en,url,seller,startsAt\nbuy,店\n"},
		"pictures.csv: row 2: open ../../etc/": {"pictures.csv": "file,zh-CN,en\n../../etc/passwd,图,\n"},
	} {
		if _, err := Read(folder(files)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
