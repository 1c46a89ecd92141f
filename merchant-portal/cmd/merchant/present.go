package main

import (
	"context"
	"os"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/merchant-portal/presentation"
)

type presentCommand struct {
	GTIN   string `arg:"" help:"The product's barcode. 商品条码。"`
	Folder string `arg:"" help:"Folder with story.zh-CN.md, story.en.md, pictures.csv, links.csv and the pictures. 含品牌故事、图片与链接的文件夹。" type:"existingdir"`
	Draft  bool   `       help:"Save for a preview, show nothing yet. 仅存草稿供预览。"`
}

// Run saves how a product is presented, and says where to look at it.
func (c presentCommand) Run(ctx context.Context, d *desk) error {
	gateway, err := d.dial("producer")
	if err != nil {
		return err
	}
	folder, err := presentation.Read(os.DirFS(c.Folder))
	if err != nil {
		return err
	}
	saved, err := folder.Send(ctx, gateway, c.GTIN, c.Draft)
	if err != nil {
		return err
	}
	newest := saved.Versions[0]
	if c.Draft {
		d.tell(
			trace.Text{ZhCN: "草稿第 %d 版已保存，预览：%s", En: "Draft version %d is saved; preview: %s"},
			newest.Version,
			newest.Preview,
		)
		return nil
	}
	d.tell(
		trace.Text{ZhCN: "第 %d 版已展示给购买者：%s", En: "Version %d is shown to shoppers: %s"},
		newest.Version,
		newest.Preview,
	)
	return nil
}
