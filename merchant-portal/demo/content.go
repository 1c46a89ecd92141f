package demo

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"

	"github.com/touchstone-trace/touchstone/merchant-portal/client"
	"github.com/touchstone-trace/touchstone/merchant-portal/presentation"
)

// presentations holds a folder for each product that is presented, as a merchant
// would keep it. The pictures were drawn for the demo; presentations/svg has the
// drawings they are made from.
//
//go:embed presentations/0*
var presentations embed.FS

// demoShop is the host of the seller's own site, which has the demo's badge.
const demoShop = "xiaohe.example"

// present shows the goods, lets two creators speak of the first, and gives the
// seller a badge.
func (a actors) present(ctx context.Context, l Loader, all []lot) error {
	return inOrder(
		func() error { return a.presentAll(ctx) }, func() error { return a.offer(ctx, all[0]) },
		func() error { return a.speak(ctx, l, all[0], lin, 40) },
		func() error { return a.speak(ctx, l, all[0], zhou, 41) }, func() error { return a.badge(ctx, all[0]) },
	)
}

func (a actors) presentAll(ctx context.Context) error {
	products, err := presentations.ReadDir("presentations")
	if err != nil {
		return err
	}
	for _, p := range products {
		files, err := fs.Sub(presentations, "presentations/"+p.Name())
		if err != nil {
			return err
		}
		folder, err := presentation.Read(files)
		if err == nil {
			_, err = folder.Send(ctx, a.producer, p.Name(), false)
		}
		if err != nil {
			return fmt.Errorf("present %s: %w", p.Name(), err)
		}
	}
	return nil
}

// offer says where the seller sells a product.
func (a actors) offer(ctx context.Context, l lot) error {
	r, err := a.seller.SetBuyLinksWithResponse(ctx, l.gtin, client.SetBuyLinksJSONRequestBody{Links: []client.BuyLink{
		{Label: client.Text{ZhCN: "小禾优选网店", En: "Xiaohe Select online"}, URL: "https://" + demoShop + "/serum"}}})
	return step("buy links", r, err, "")
}

func (a actors) badge(ctx context.Context, l lot) error {
	r, err := a.seller.CreateBadgeWithResponse(
		ctx,
		&client.CreateBadgeParams{IdempotencyKey: "demo-badge-1"},
		client.NewBadge{Gtin: l.gtin, Host: demoShop},
	)
	return step("badge", r, err, "")
}

// Creator is the name under which the first creator's key is kept.
const Creator = "lin-xia"

// creator is somebody who speaks of the demo's goods.
type creator struct {
	client.NewCreator
	text    client.Text
	url     string
	sponsor string // empty: nothing was given
}

var (
	lin = creator{
		client.NewCreator{
			Handle: Creator,
			Name:   client.Text{ZhCN: "林夏的浴室", En: "Lin Xia's bathroom"},
			URL:    "https://video.example/lin-xia",
		},
		client.Text{
			ZhCN: "用了三周。吸收快，不搓泥，夏天早上用也不油。对我的痘印有一点帮助，没有广告词里那么神。",
			En:   "Three weeks in: it sinks in fast, does not pill, and is not greasy on a summer morning. It helped my marks a little; it is no miracle.",
		},
		"https://video.example/lin-xia/serum",
		"澄岩",
	}
	zhou = creator{
		client.NewCreator{
			Handle: "lao-zhou",
			Name:   client.Text{ZhCN: "老周验货", En: "Lao Zhou unpacks"},
			URL:    "https://note.example/lao-zhou",
		},
		client.Text{
			ZhCN: "自己花钱买的。瓶身批号、盒上批号和扫码出来的一致，滴管做工好。香味几乎没有，这点我喜欢。",
			En:   "Bought with my own money. The lot on the bottle, on the box and in the scan agree. Hardly any scent, which I like.",
		},
		"https://note.example/lao-zhou/0017",
		"",
	}
)

// speak lets a creator scan a unit as his phone would, and endorse the product.
func (a actors) speak(ctx context.Context, l Loader, b lot, c creator, unit int64) error {
	key, err := l.creator(ctx, a.platform, c)
	if err != nil {
		return err
	}
	samples, err := a.sample(ctx, nil, c.Handle, b, unit)
	if err != nil {
		return err
	}
	token, err := a.scanAs(ctx, c.Handle, samples[0].URI)
	if err != nil {
		return fmt.Errorf("%s scans: %w", c.Handle, err)
	}
	said := map[string]any{
		"uri":       samples[0].URI,
		"token":     token,
		"text":      c.text,
		"url":       c.url,
		"sponsored": c.sponsor != "",
	}
	if c.sponsor != "" {
		said["sponsor"] = c.sponsor
	}
	status, body, err := a.verifies(
		ctx, http.MethodPost, "/api/v1/endorsements", said, c.Handle, "Authorization", "Bearer "+key,
	)
	var refused struct{ Field string }
	if err == nil && status == http.StatusBadRequest && json.Unmarshal(body, &refused) == nil &&
		refused.Field == "uri" {
		return nil // said before
	}
	if err == nil && status != http.StatusCreated {
		err = fmt.Errorf("the verifier answered %d: %s", status, body)
	}
	if err != nil {
		return fmt.Errorf("%s endorses: %w", c.Handle, err)
	}
	return nil
}

// creator enters a creator and keeps his key. Where an interruption lost a key,
// its creator stays behind unused and another is made.
func (l Loader) creator(ctx context.Context, platform client.Gateway, c creator) (string, error) {
	if key, found, err := l.Keys.Load(c.Handle); err != nil || found {
		return key, err
	}
	wanted := c.NewCreator
	for n := 2; n < 10; n++ {
		r, err := platform.CreateCreatorWithResponse(
			ctx, &client.CreateCreatorParams{IdempotencyKey: client.NewKey()}, wanted,
		)
		if err != nil {
			return "", err
		}
		if r.JSON201 != nil {
			return r.JSON201.APIKey, l.Keys.Save(c.Handle, r.JSON201.APIKey)
		}
		if err := done(r, nil, "CREATOR_EXISTS"); err != nil {
			return "", err
		}
		wanted.Handle = fmt.Sprintf("%s-%d", c.Handle, n)
	}
	return "", errors.New("no handle is free")
}

// scanAs opens a unit's page and confirms that somebody has seen it; it gives the
// token that says so.
func (a actors) scanAs(ctx context.Context, device, uri string) (token string, err error) {
	_, path, _ := strings.Cut(uri, "/01/")
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, a.verifier+"/01/"+path, nil)
	if err != nil {
		return "", err
	}
	r.Header.Set("Accept", "application/json")
	r.Header.Set("User-Agent", device)
	page, err := http.DefaultClient.Do(r)
	if err != nil {
		return "", err
	}
	defer page.Body.Close()
	scan := map[string]any{"uri": uri, "nonce": page.Header.Get("Touchstone-Scan-Nonce")}
	status, body, err := a.verifies(ctx, http.MethodPost, "/api/v1/scans", scan, device)
	if err != nil {
		return "", err
	}
	var scanned struct{ ReviewToken string }
	if err := json.Unmarshal(body, &scanned); err != nil || scanned.ReviewToken == "" {
		return "", fmt.Errorf("the verifier answered %d: %s", status, body)
	}
	return scanned.ReviewToken, nil
}

// verifies sends JSON to the verifier from a device of its own.
func (a actors) verifies(
	ctx context.Context, method, path string, body any, device string, headers ...string,
) (int, []byte, error) {
	content, err := json.Marshal(body)
	if err != nil {
		return 0, nil, err
	}
	r, err := http.NewRequestWithContext(ctx, method, a.verifier+path, bytes.NewReader(content))
	if err != nil {
		return 0, nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", device)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer answer.Body.Close()
	var b bytes.Buffer
	_, err = b.ReadFrom(answer.Body)
	return answer.StatusCode, b.Bytes(), err
}

// Badge gives the page of the demo's badge; empty where there is none.
func (l Loader) Badge(ctx context.Context) (page string, err error) {
	a, err := l.actors()
	if err != nil {
		return "", err
	}
	r, err := a.seller.ListBadgesWithResponse(ctx, &client.ListBadgesParams{Limit: 1})
	if err := step("badges", r, err, ""); err != nil {
		return "", err
	}
	if r.JSON200 == nil || len(r.JSON200.Items) == 0 {
		return "", nil
	}
	return "/badges/" + r.JSON200.Items[0].ID, nil
}
