package labels

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"io"
	"iter"
	"strings"
)

// stored names the graphic in the printer's memory that all labels of a file share.
const stored = "R:TSLABEL.GRF"

// writeZPL writes ZPL II: the text that all labels share as one stored graphic (~DG), and then for each label a
// format that recalls it and lays the label's own dots over it (^GF). A printer needs neither a Chinese font
// nor its own QR encoder for it, and as no text goes into the file there is nothing in it that a product's name
// could turn into a command.
func writeZPL(ctx context.Context, w io.Writer, l *layout, units iter.Seq2[Unit, error]) error {
	formats := ordered(ctx, units, func(u Unit) ([]byte, error) {
		c := l.newRaster()
		defer l.done(c)
		if err := l.drawUnits(c, []Unit{u}); err != nil {
			return nil, err
		}
		return zplFormat(c.img), nil
	})
	if _, err := fmt.Fprintf(w, "~DG%s,%s\n", stored, graphic(l.background(), "%[1]d,%[2]d,")); err != nil {
		return err
	}
	for format, err := range formats {
		if err != nil {
			return err
		}
		if _, err := w.Write(format); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "^XA^ID%s^FS^XZ\n", stored)
	return err
}

// zplFormat writes a label: its width and length in dots, the stored graphic, and the image over it.
func zplFormat(img *image.Gray) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "^XA^PW%d^LL%d^LH0,0\n^FO0,0^XG%s,1,1^FS\n", img.Rect.Dx(), img.Rect.Dy(), stored)
	fmt.Fprintf(&b, "^FO0,0^GFA,%s^FS\n^XZ\n", graphic(img, "%[1]d,%[1]d,%[2]d,"))
	return b.Bytes()
}

// graphic writes an image behind its head, which holds the bytes of the whole and those of a row.
func graphic(img *image.Gray, head string) string {
	width, height := img.Rect.Dx(), img.Rect.Dy()
	perRow := (width + 7) / 8
	var b strings.Builder
	fmt.Fprintf(&b, head, perRow*height, perRow)
	var before []byte
	for y := range height {
		row := img.Pix[y*img.Stride : y*img.Stride+width]
		if before != nil && sameDots(row, before) {
			b.WriteByte(':')
		} else {
			b.WriteString(compress(hexRow(row, perRow)))
		}
		before = row
	}
	return b.String()
}

// dark is the grey below which a dot is printed; a little over half, so that thin strokes survive.
const dark = 150

func sameDots(a, b []byte) bool {
	if bytes.Equal(a, b) {
		return true
	}
	for x := range a {
		if (a[x] < dark) != (b[x] < dark) {
			return false
		}
	}
	return true
}

// hexRow writes a row of dots in hexadecimal, eight dots a byte, white where the row ends within a byte.
func hexRow(pixels []byte, perRow int) string {
	const digits = "0123456789ABCDEF"
	row := make([]byte, 2*perRow)
	for i := range row {
		four := 0
		for x := 4 * i; x < min(4*i+4, len(pixels)); x++ {
			if pixels[x] < dark {
				four |= 8 >> (x % 4)
			}
		}
		row[i] = digits[four]
	}
	return string(row)
}

// compress shortens a row by ZPL's alternative compression scheme: a comma stands for zeros to the end of
// the row, and a repeated digit is written once behind its count, G to Y for 1 to 19 and g to z for 20 to
// 400 by twenties.
func compress(row string) string {
	var b strings.Builder
	for i := 0; i < len(row); {
		n := 1
		for i+n < len(row) && row[i+n] == row[i] {
			n++
		}
		if row[i] == '0' && i+n == len(row) {
			b.WriteByte(',')
			break
		}
		writeRepeated(&b, row[i], n)
		i += n
	}
	return b.String()
}

func writeRepeated(b *strings.Builder, digit byte, n int) {
	for ; n > 400; n -= 400 {
		b.WriteString("z" + string(digit))
	}
	if n == 1 {
		b.WriteByte(digit)
		return
	}
	if n >= 20 {
		b.WriteByte(byte('f' + n/20))
	}
	if n%20 > 0 {
		b.WriteByte(byte('F' + n%20))
	}
	b.WriteByte(digit)
}
