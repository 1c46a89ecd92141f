// Package presentation reads how a product is presented from a folder and sends
// it to the gateway. The folder holds
//
//	story.zh-CN.md, story.en.md  plain text, paragraphs divided by empty lines
//	pictures.csv                 file, zh-CN, en: each picture and what it shows, in their order
//	links.csv                    kind (video, live or buy), zh-CN, en, url, seller, startsAt
//
// and the pictures; every file may be missing. It knows the gateway by its
// client, and judges nothing: what the gateway refuses, it says.
package presentation

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/touchstone-trace/touchstone/merchant-portal/client"
)

// Folder is what a folder holds.
type Folder struct {
	Story    client.EitherText
	Pictures []Picture
	Videos   []client.Video
	Buy      []client.BuyLink
}

// Picture is a picture's file and what it shows.
type Picture struct {
	File    string
	Content []byte
	Alt     client.Text
}

// Read reads a folder. Errors name the file and, where it is a table, the row.
func Read(folder fs.FS) (f Folder, err error) {
	for name, story := range map[string]*string{"story.zh-CN.md": &f.Story.ZhCN, "story.en.md": &f.Story.En} {
		text, err := fs.ReadFile(folder, name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return f, err
		}
		*story = string(text)
	}
	err = rows(folder, "pictures.csv", 3, func(row []string) error {
		content, err := fs.ReadFile(folder, row[0])
		f.Pictures = append(f.Pictures, Picture{row[0], content, client.Text{ZhCN: row[1], En: row[2]}})
		return err
	})
	if err != nil {
		return f, err
	}
	return f, rows(folder, "links.csv", 6, f.addLink)
}

// rows hands every row of a table below its heading to fn.
func rows(folder fs.FS, name string, columns int, fn func([]string) error) error {
	file, err := fs.ReadFile(folder, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	table := csv.NewReader(bytes.NewReader(file))
	table.FieldsPerRecord = columns
	all, err := table.ReadAll()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for i, row := range all {
		if i == 0 {
			continue
		}
		if err := fn(row); err != nil {
			return fmt.Errorf("%s: row %d: %w", name, i+1, err)
		}
	}
	return nil
}

func (f *Folder) addLink(row []string) error {
	title := client.Text{ZhCN: row[1], En: row[2]}
	switch row[0] {
	case "buy":
		f.Buy = append(f.Buy, client.BuyLink{Label: title, URL: row[3], Seller: row[4]})
		return nil
	case "video", "live":
		v := client.Video{Title: title, URL: row[3], Live: row[0] == "live"}
		if row[5] != "" {
			at, err := time.Parse(time.RFC3339, row[5])
			if err != nil {
				return errors.New("startsAt: a time such as 2026-12-01T20:00:00+08:00")
			}
			v.StartsAt = at
		}
		f.Videos = append(f.Videos, v)
		return nil
	}
	return errors.New("kind: video, live or buy")
}

// Send uploads the pictures and saves the next version of a product's presentation.
func (f Folder) Send(
	ctx context.Context, gateway client.Gateway, gtin string, draft bool,
) (client.Presentation, error) {
	p := client.NewPresentation{Story: f.Story, Videos: f.Videos, Buy: f.Buy, Draft: draft}
	for _, picture := range f.Pictures {
		id, err := gateway.Picture(ctx, picture.File, picture.Content)
		if err != nil {
			return client.Presentation{}, fmt.Errorf("%s: %w", picture.File, err)
		}
		p.Pictures = append(p.Pictures, client.PictureUse{ID: id, Alt: picture.Alt})
	}
	r, err := gateway.SetPresentationWithResponse(ctx, gtin, p)
	if err != nil {
		return client.Presentation{}, err
	}
	return client.Answer(r.JSON200, r.ApplicationProblemJSONDefault, r.HTTPResponse, nil)
}
