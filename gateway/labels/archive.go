package labels

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"iter"
)

// writePages writes one file a page, in a ZIP where there are several. Pages are drawn on all cores.
func writePages(ctx context.Context, w io.Writer, l *layout, units iter.Seq2[Unit, error], extension string, draw func([]Unit) ([]byte, error)) error {
	type page struct {
		name string
		data []byte
	}
	drawn := ordered(ctx, chunks(units, l.template.perPage()), func(units []Unit) (page, error) {
		data, err := draw(units)
		return page{partName(units[0].Index, units[len(units)-1].Index, extension), data}, err
	})
	files := newArchive(w, l.job.zipped())
	for p, err := range drawn {
		if err != nil {
			return err
		}
		file, err := files.create(p.name)
		if err != nil {
			return err
		}
		if _, err := file.Write(p.data); err != nil {
			return err
		}
	}
	return files.close()
}

// partName is "labels-000001-000024.png": the units by number, counted from 1 as people do.
func partName(first, last int64, extension string) string {
	return fmt.Sprintf("labels-%06d-%06d.%s", first+1, last+1, extension)
}

// archive is a ZIP, or the plain file where there is just one.
type archive struct {
	w   io.Writer
	zip *zip.Writer
}

func newArchive(w io.Writer, zipped bool) archive {
	if !zipped {
		return archive{w: w}
	}
	return archive{w, zip.NewWriter(w)}
}

func (a archive) create(name string) (io.Writer, error) {
	if a.zip == nil {
		return a.w, nil
	}
	return a.zip.Create(name)
}

func (a archive) close() error {
	if a.zip == nil {
		return nil
	}
	return a.zip.Close()
}
