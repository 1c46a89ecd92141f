package printing

import (
	"cmp"
	"context"
	"encoding/json"
	"io"

	"github.com/touchstone-trace/touchstone/chaincode/gs1"
	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/labels"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
)

// LabelStyle is how labels look: a layout by its id, or a design that need not
// be kept. Symbol and PIN are the design's where they are left out.
type LabelStyle struct {
	Template string         `json:"template,omitempty"`
	Design   *labels.Design `json:"design,omitempty"`
	Symbol   labels.Symbol  `json:"symbol,omitempty"`
	PIN      *bool          `json:"pin,omitempty"`
}

// PreviewOrder asks for one label of a style with made-up codes, of a batch or a
// product of the caller's party, or of made-up goods.
type PreviewOrder struct {
	LabelStyle
	GTIN string `json:"gtin,omitempty"`
	Lot  string `json:"lot,omitempty"`
}

// LabelLook is what a label will be.
type LabelLook struct {
	Template string     `json:"template,omitempty"`
	Name     trace.Text `json:"name,omitzero"`
	Width    float64    `json:"width"`
	Height   float64    `json:"height"`
	PerPage  int        `json:"perPage"`
	labels.Look
	Marks   labels.Marks `json:"marks"` // of the layout's test sheet
	Problem any          `json:"problem,omitempty"`
}

// TestSheetOrder asks for a sheet to measure a printer with.
type TestSheetOrder struct {
	LabelStyle
	Format  labels.Format `json:"format"`
	DPI     int           `json:"dpi,omitempty"`
	Printer string        `json:"printer,omitempty"` // to see whether its calibration is right
}

// design finds a layout of the caller's party: nil for one that everybody has.
func (s *Service) design(ctx context.Context, c service.Caller, style LabelStyle) (*labels.Design, error) {
	if style.Design != nil || style.Template == "" {
		return style.Design, nil
	}
	for _, t := range labels.Templates() {
		if t.ID == style.Template {
			return nil, nil
		}
	}
	k, ok, err := s.Store.LabelKit(ctx, c.Party, record.KitDesign, style.Template)
	if err != nil || !ok {
		return nil, err // package labels refuses the name, listing those there are
	}
	var d labels.Design
	return &d, json.Unmarshal(k.Doc, &d)
}

func (s *Service) template(ctx context.Context, c service.Caller, id string) (labels.Template, error) {
	d, err := s.design(ctx, c, LabelStyle{Template: id})
	if err != nil {
		return labels.Template{}, err
	}
	return labels.Job{Template: id, Design: d}.Layout()
}

// styled fills in how a job's labels look.
func (s *Service) styled(ctx context.Context, c service.Caller, job labels.Job, style LabelStyle) (labels.Job, error) {
	d, err := s.design(ctx, c, style)
	if err != nil {
		return job, err
	}
	job.Template, job.Design, job.Symbol = style.Template, d, style.Symbol
	job.PIN = style.PIN != nil && *style.PIN
	if d != nil {
		job.Symbol, job.PIN = cmp.Or(style.Symbol, d.Symbol), style.PIN == nil && d.PIN || job.PIN
		job.Logo, err = s.logo(ctx, c, d.Logo)
	}
	return job, err
}

// exampleGTIN is GS1's example company's; nothing on sale has it.
const exampleGTIN gs1.GTIN = "09521234543213"

// exampleGoods are shown where somebody designs a label before he has goods.
func (s *Service) exampleGoods() (labels.Product, gs1.GTIN) {
	expires := trace.DayOf(s.Writer.Now().AddDate(2, 0, 0))
	return labels.Product{
		Brand:     "品牌 Brand",
		NameZH:    "商品名称 30 毫升",
		NameEN:    "Product name 30 ml",
		Lot:       "202610A01",
		ExpiresOn: string(expires),
		Host:      s.host(),
	}, exampleGTIN
}

// previewGoods are those that a preview asks for.
func (s *Service) previewGoods(
	ctx context.Context, c service.Caller, o PreviewOrder,
) (labels.Product, gs1.GTIN, error) {
	example, gtin := s.exampleGoods()
	switch {
	case o.GTIN == "":
		return example, gtin, nil
	case o.Lot == "":
		p, err := s.Sight.Product(ctx, o.GTIN)
		example.Brand, example.NameZH, example.NameEN = p.Brand, p.Name.ZhCN, p.Name.En
		return example, gs1.GTIN(p.GTIN), err
	}
	b, err := s.Sight.OwnBatch(ctx, c, o.GTIN, o.Lot)
	if err != nil {
		return example, gtin, err
	}
	p, err := s.labelProduct(ctx, b)
	return p, gs1.GTIN(b.GTIN), err
}

func (s *Service) labelProduct(ctx context.Context, b trace.Batch) (labels.Product, error) {
	p, err := s.Sight.Product(ctx, b.GTIN)
	return labels.Product{
		Brand:     p.Brand,
		NameZH:    p.Name.ZhCN,
		NameEN:    p.Name.En,
		Lot:       b.Lot,
		ExpiresOn: string(b.ExpiresOn),
		Host:      s.host(),
	}, err
}

// sampleUnit is a unit that was never issued.
func (s *Service) sampleUnit(gtin gs1.GTIN, lot string) labels.Unit {
	return labels.Sample(func(serial string) string { return gs1.UnitURI(s.URIBase, gtin, lot, serial) })
}

// PreviewLabel shows one label, and says what of its text has no room or why it
// cannot be printed.
func (s *Service) PreviewLabel(ctx context.Context, c service.Caller, o PreviewOrder) (LabelLook, error) {
	p, gtin, err := s.previewGoods(ctx, c, o)
	if err != nil {
		return LabelLook{}, err
	}
	o.Template = cmp.Or(o.Template, usualTemplate(labels.SVG))
	job, err := s.styled(ctx, c, labels.Job{Format: labels.SVG, Product: p}, o.LabelStyle)
	if err != nil {
		return LabelLook{}, err
	}
	return look(job, s.sampleUnit(gtin, p.Lot))
}

func look(job labels.Job, sample labels.Unit) (v LabelLook, err error) {
	if v.Look, err = labels.Preview(job, sample); err != nil || v.Refuse != nil {
		return v, err
	}
	t, err := job.Layout()
	columns, rows := t.Sheet()
	v.Width, v.Height, v.PerPage, v.Marks = t.Width, t.Height, columns*rows, t.Marks()
	return v, err
}

// CheckLabels says of each layout how a batch's labels would come out, before
// anything is printed: what would be cut off, left out, or refused.
func (s *Service) CheckLabels(
	ctx context.Context, c service.Caller, gtin, lot string, style LabelStyle,
) ([]LabelLook, error) {
	b, err := s.Sight.OwnBatch(ctx, c, gtin, lot)
	if err != nil {
		return nil, err
	}
	p, err := s.labelProduct(ctx, b)
	if err != nil {
		return nil, err
	}
	layouts, err := s.LabelDesigns(ctx, c)
	if err != nil {
		return nil, err
	}
	var looks []LabelLook
	add := func(id string, name trace.Text, pin bool) error {
		style.Template = id
		job, err := s.styled(ctx, c, labels.Job{Format: labels.SVG, Product: p}, style)
		if err != nil {
			return err
		}
		job.PIN = job.PIN && pin
		v, err := look(job, s.sampleUnit(gs1.GTIN(b.GTIN), b.Lot))
		v.Template, v.Name, v.SVG = id, name, ""
		looks = append(looks, v)
		return err
	}
	for _, t := range layouts.Templates {
		if err := add(t.ID, t.Name, t.PIN); err != nil {
			return nil, err
		}
	}
	for _, d := range layouts.Designs {
		if err := add(d.ID, trace.Text{ZhCN: d.Name, En: d.Name}, true); err != nil {
			return nil, err
		}
	}
	return looks, nil
}

// TestSheet gives a sheet of a layout with marks whose distances are measured.
func (s *Service) TestSheet(ctx context.Context, c service.Caller, o TestSheetOrder) (service.Download, error) {
	p, gtin := s.exampleGoods()
	o.Template = cmp.Or(o.Template, usualTemplate(o.Format))
	job, err := s.styled(ctx, c, labels.Job{Format: o.Format, Product: p, DPI: o.DPI, Count: 1}, o.LabelStyle)
	if err != nil {
		return service.Download{}, err
	}
	if err := s.throughPrinter(ctx, c, o.Printer, &job); err != nil {
		return service.Download{}, err
	}
	contentType, extension := job.FileType()
	return service.Download{ContentType: contentType, Name: "test-sheet." + extension, Write: func(w io.Writer) error {
		return labels.WriteTestSheet(ctx, w, job, s.sampleUnit(gtin, p.Lot))
	}}, nil
}

// throughPrinter sets a job up for a printer of the caller's party; empty is none.
func (s *Service) throughPrinter(ctx context.Context, c service.Caller, id string, job *labels.Job) error {
	if id == "" {
		return nil
	}
	k, ok, err := s.Store.LabelKit(ctx, c.Party, record.KitPrinter, id)
	if k, err = service.Found(k, ok, err)(service.LabelKitUnknown, "printer", id); err != nil {
		return err
	}
	p, err := printerOf(k)
	job.Printer = p.Printer
	job.DPI = cmp.Or(job.DPI, p.DPI)
	return err
}
