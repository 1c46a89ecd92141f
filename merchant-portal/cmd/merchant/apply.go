package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/merchant-portal/client"
)

type applyCommand struct {
	File    string `arg:"" optional:"" type:"existingfile" help:"JSON of the application, as --example prints it; documents are named by their files beside it. 申请内容（JSON），证照文件放在旁边。"`
	Example bool   `                                       help:"Print an application to fill in. 打印一份可照填的样例。"`
	Party   string `                                       help:"Begin as a new party of this id; its key is printed once. 新主体的编号；密钥只显示一次。"                                           placeholder:"ID"`
	Name    string `                                       help:"The new party's name, in Chinese. 新主体的中文名称。"`
	Role    string `                                       help:"producer, distributor, seller or inspector. 角色。"                                                                                      enum:"producer,distributor,seller,inspector" default:"seller"`
}

// application is what the file holds. Its document is a file's name, where the
// interface wants a hash.
type application struct {
	Prefixes       []string        `json:"prefixes,omitempty"`
	Licences       []licence       `json:"licences"`
	Authorisations []authorisation `json:"authorisations,omitempty"`
	Note           string          `json:"note,omitempty"`
}

type licence struct {
	client.Licence
	Document string `json:"document,omitempty"`
}

type authorisation struct {
	client.Authorisation
	Document string `json:"document,omitempty"`
}

var exampleApplication = application{
	Prefixes: []string{"6901234"},
	Licences: []licence{
		{
			Document: "licence.pdf",
			Licence: client.Licence{Kind: "food", Issuer: "杭州市市场监督管理局", Number: "SC10633010000000",
				ValidFrom: "2026-01-01", ValidTo: "2030-12-31"},
		},
	},
	Authorisations: []authorisation{
		{
			Document:      "brand.pdf",
			Authorisation: client.Authorisation{Prefix: "6901234", Brand: "示范品牌", ValidTo: "2028-12-31"},
		},
	},
}

// Run makes the application, or replaces it, and hands in its documents first.
func (c applyCommand) Run(ctx context.Context, d *desk) error {
	switch {
	case c.Example:
		out := json.NewEncoder(d.out)
		out.SetIndent("", "  ")
		return out.Encode(exampleApplication)
	case c.File == "":
		return fmt.Errorf(
			"%s",
			d.say(
				trace.Text{
					ZhCN: "请给出申请文件；样例：merchant apply --example",
					En:   "name the application's file; merchant apply --example prints one",
				},
			),
		)
	}
	asked, err := readApplication(c.File)
	if err != nil {
		return err
	}
	gateway, err := c.dial(ctx, d)
	if err != nil {
		return err
	}
	body, err := handIn(ctx, d, gateway, asked, filepath.Dir(c.File))
	if err != nil {
		return err
	}
	r, err := gateway.ApplyWithResponse(ctx, &client.ApplyParams{IdempotencyKey: client.NewKey()}, body)
	if err != nil {
		return err
	}
	w, err := client.Answer(r.JSON201, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil)
	if err != nil {
		return err
	}
	d.tell(
		trace.Text{
			ZhCN: "申请已提交，区块 %d。审核结果见 merchant inbox。",
			En:   "The application is made, block %d. merchant inbox tells what comes of it.",
		},
		w.Block,
	)
	return nil
}

func readApplication(file string) (a application, err error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return a, err
	}
	in := json.NewDecoder(bytes.NewReader(content))
	in.DisallowUnknownFields()
	if err := in.Decode(&a); err != nil {
		return a, fmt.Errorf("%s: %w", file, err)
	}
	return a, nil
}

// dial connects with the applicant's key, which a new party is given here.
func (c applyCommand) dial(ctx context.Context, d *desk) (client.Gateway, error) {
	if c.Party == "" {
		return d.dial("applicant")
	}
	stranger, err := client.Dial(d.Gateway, "", d.language())
	if err != nil {
		return client.Gateway{}, err
	}
	r, err := stranger.RegisterApplicantWithResponse(
		ctx,
		client.NewApplicant{ID: c.Party, Name: client.Text{ZhCN: c.Name}, Roles: []client.Role{client.Role(c.Role)}},
		unsigned,
	)
	if err != nil {
		return client.Gateway{}, err
	}
	made, err := client.Answer(r.JSON201, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil)
	if err != nil {
		return client.Gateway{}, err
	}
	d.tell(
		trace.Text{
			ZhCN: "已登记为申请方 %s。请妥善保存密钥，只显示这一次：\nexport TOUCHSTONE_KEY=%s",
			En:   "Entered as the applicant %s. Keep this key, it is shown once:\nexport TOUCHSTONE_KEY=%s",
		},
		made.Party,
		made.APIKey,
	)
	return client.Dial(d.Gateway, made.APIKey, d.language())
}

// unsigned takes the empty key of a stranger off a request.
func unsigned(_ context.Context, r *http.Request) error {
	r.Header.Del("Authorization")
	return nil
}

// handIn uploads the documents that the application names.
func handIn(
	ctx context.Context, d *desk, gateway client.Gateway, a application, folder string,
) (client.NewApplication, error) {
	body := client.NewApplication{Prefixes: a.Prefixes, Note: a.Note, Licences: []client.Licence{}}
	upload := func(name string, hash *string) error {
		if name == "" {
			return nil
		}
		content, err := os.ReadFile(filepath.Join(folder, filepath.Clean("/"+name)))
		if err != nil {
			return err
		}
		if *hash, err = gateway.Document(ctx, filepath.Base(name), content); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		d.tell(trace.Text{ZhCN: "%s 已上传。", En: "%s is uploaded."}, name)
		return nil
	}
	for _, l := range a.Licences {
		if err := upload(l.Document, &l.DocumentHash); err != nil {
			return body, err
		}
		body.Licences = append(body.Licences, l.Licence)
	}
	for _, x := range a.Authorisations {
		if err := upload(x.Document, &x.DocumentHash); err != nil {
			return body, err
		}
		body.Authorisations = append(body.Authorisations, x.Authorisation)
	}
	return body, nil
}
