package labels

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"iter"
)

// file is one of those that a job makes.
type file struct {
	name string
	data []byte
}

// fileOf draws the file of a group of units.
func fileOf(extension string, draw func([]Unit) ([]byte, error)) func([]Unit) (file, error) {
	return func(units []Unit) (file, error) {
		data, err := draw(units)
		return file{partName(units[0].Index, units[len(units)-1].Index, extension), data}, err
	}
}

// writePages writes one file a page. They are drawn on all cores.
func writePages(
	ctx context.Context, w io.Writer, l *layout, units iter.Seq2[Unit, error], extension string,
	draw func([]Unit) ([]byte, error),
) error {
	return writeFiles(w, l.job, ordered(ctx, chunks(units, l.template.perPage()), fileOf(extension, draw)))
}

// writeFiles writes files, in a ZIP where the job has several.
func writeFiles(w io.Writer, job Job, all iter.Seq2[file, error]) error {
	files := newArchive(w, job)
	for f, err := range all {
		if err != nil {
			return err
		}
		out, err := files.create(f.name)
		if err != nil {
			return err
		}
		if _, err := out.Write(f.data); err != nil {
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
	w      io.Writer
	zip    *zip.Writer
	method uint16
}

func newArchive(w io.Writer, job Job) archive {
	switch {
	case !job.zipped():
		return archive{w: w}
	case job.Format == SVG:
		return archive{w, zip.NewWriter(w), zip.Deflate}
	}
	return archive{w, zip.NewWriter(w), zip.Store} // PDF and PNG are compressed in themselves
}

func (a archive) create(name string) (io.Writer, error) {
	if a.zip == nil {
		return a.w, nil
	}
	return a.zip.CreateHeader(&zip.FileHeader{Name: name, Method: a.method})
}

func (a archive) close() error {
	if a.zip == nil {
		return nil
	}
	return a.zip.Close()
}
