package complaints_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html"
	"image"
	"image/jpeg"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/complaints"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/feedback"
)

// snapshot is a photo with something in it that must not be kept.
func snapshot(t testing.TB) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 16, 16)), nil); err != nil {
		t.Fatal(err)
	}
	note := "GPS 30.2741N 120.1551E"
	comment := append([]byte{0xFF, 0xFE, 0, byte(len(note) + 2)}, note...)
	return append(append(bytes.Clone(b.Bytes()[:2]), comment...), b.Bytes()[2:]...)
}

func complaintOf(t testing.TB, fields map[string]string, photos [][]byte) *http.Request {
	t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	for name, value := range fields {
		form.WriteField(name, value)
	}
	for i, p := range photos {
		part, _ := form.CreateFormFile("photo", fmt.Sprintf("%d.exe", i))
		part.Write(p)
	}
	form.Close()
	r := httptest.NewRequest(http.MethodPost, "/api/v1/complaints?uri="+url.QueryEscape(fields["uri"]), &b)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return r
}

const shopperText = "瓶身印刷模糊<script>alert(1)</script>"

// TestComplain: what a shopper sends is kept with what the ledger will hold of
// it, and is in no answer.
func TestComplain(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	c := webtest.New(t, w)
	rec := complain(
		c,
		map[string]string{"uri": webtest.Host + b.Path(7), "text": " " + shopperText + "\r\n第二行 "},
		[][]byte{snapshot(t), snapshot(t), nil},
	)
	if rec.Code != http.StatusCreated || strings.Contains(rec.Body.String(), "瓶身") {
		t.Fatalf("%d %s", rec.Code, rec.Body)
	}
	answer := webtest.Decode[complaints.ComplaintAnswer](t, rec)
	var text string
	var salt, hash, tokenHash, photo []byte
	var photos, tasks, logged int
	err := w.DB.QueryRow(`select c.text, c.salt, c.evidence_hash, c.token_hash, p.data,
		(select count(*) from scan.complaint_photo), (select count(*) from app.complaint_task where kind = 'open' and done_at is null),
		(select count(*) from app.log_entry where log = 'complaints')
		from scan.complaint c join scan.complaint_photo p on p.complaint_id = c.id and p.number = 1 where c.id = $1`, answer.Case).
		Scan(&text, &salt, &hash, &tokenHash, &photo, &photos, &tasks, &logged)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(photo)
	if want := trace.EvidenceHash(
		[32]byte(salt), text, sum, sum,
	); !bytes.Equal(hash, want[:]) || text != shopperText+"\n第二行" || photos != 2 || tasks != 1 ||
		logged != 1 {
		t.Errorf("%q, %d photos, %d tasks, %d log entries, evidence %x", text, photos, tasks, logged, hash)
	}
	if bytes.Contains(photo, []byte("GPS")) {
		t.Error("the photo says where it was taken")
	}
	token := strings.TrimPrefix(answer.Link, "/complaints/")
	if want := feedback.HashToken(token); len(token) != 43 || !bytes.Equal(tokenHash, want[:]) {
		t.Errorf("token %q", token)
	}
}

// TestFollowComplaint: the secret link tells how the case stands, and takes it back.
func TestFollowComplaint(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	c := webtest.New(t, w)
	answer := webtest.Decode[complaints.ComplaintAnswer](
		t, complain(c, map[string]string{"uri": webtest.Host + b.Path(7), "text": shopperText}, nil),
	)
	ask := func() complaints.CaseAnswer {
		return webtest.Decode[complaints.CaseAnswer](t, c.Get(answer.Link, "Accept", page.TypeJSON))
	}
	if got := ask(); got.Status != feedback.Received || !got.MayWithdraw || got.Case != answer.Case {
		t.Errorf("%+v", got)
	}
	x := b.Complaint(answer.Case, 7)
	if got := ask(); got.Status != trace.ComplaintOpen || !got.NextDue.Equal(x.AnswerBy) {
		t.Errorf("%+v", got)
	}
	w.Exec(`update ledger.complaint set doc = jsonb_set(doc, '{answerBy}', '"2026-01-01T00:00:00Z"')`)
	if got := ask(); got.Status != trace.ComplaintEscalated {
		t.Errorf("overdue: %+v", got)
	}
	if rec := c.Post(answer.Link+"/withdrawal", ""); rec.Code != http.StatusNoContent {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
	if got := ask(); got.Status != trace.ComplaintWithdrawn || got.MayWithdraw {
		t.Errorf("%+v", got)
	}
	w.Exec(`delete from app.complaint_task where kind = 'withdraw'`)
	b.Complaint(answer.Case, 7, trace.CounterfeitConfirmed)
	if got := ask(); got.Status != trace.ComplaintDecided || got.Outcome != trace.CounterfeitConfirmed ||
		len(got.Decisions) != 1 ||
		got.MayWithdraw {
		t.Errorf("%+v", got)
	}
	if rec := c.Post(answer.Link+"/withdrawal", ""); rec.Code != http.StatusConflict {
		t.Errorf("withdrawn when decided: %d", rec.Code)
	}
	for _, link := range []string{"/complaints/x", answer.Link + "A", "/complaints/" + hex.EncodeToString(make([]byte, 32))} {
		if rec := c.Get(link, "Accept", page.TypeJSON); rec.Code != http.StatusNotFound {
			t.Errorf("%s: %d", link, rec.Code)
		}
	}
}

// TestComplaintRefused: a clear answer, nothing kept, nothing repeated.
func TestComplaintRefused(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	absent := w.Batch(trace.Batch{Lot: "L2"})
	w.Exec(`delete from ledger.batch where lot = 'L2'`)
	c := webtest.New(t, w)
	uri := webtest.Host + b.Path(7)
	six := [][]byte{snapshot(t), snapshot(t), snapshot(t), snapshot(t), snapshot(t), snapshot(t)}
	for name, test := range map[string]struct {
		fields map[string]string
		photos [][]byte
		status int
		code   trace.Code
		field  string
	}{
		"no text":            {map[string]string{"uri": uri}, nil, 422, trace.FieldInvalid, "text"},
		"only space":         {map[string]string{"uri": uri, "text": " \n "}, nil, 422, trace.FieldInvalid, "text"},
		"too long":           {map[string]string{"uri": uri, "text": strings.Repeat("长", 2001)}, nil, 422, trace.FieldInvalid, "text"},
		"control characters": {map[string]string{"uri": uri, "text": "a\x00b"}, nil, 422, trace.FieldInvalid, "text"},
		"no code":            {map[string]string{"text": "x"}, nil, 422, problem.CodeIncomplete, "uri"},
		"a forged code":      {map[string]string{"uri": uri[:len(uri)-2] + "00", "text": "x"}, nil, 404, problem.NotIssued, "uri"},
		"not on the ledger":  {map[string]string{"uri": webtest.Host + absent.Path(7), "text": "x"}, nil, 404, trace.BatchUnknown, "uri"},
		"six photos":         {map[string]string{"uri": uri, "text": "x"}, six, 422, trace.FieldInvalid, "photo"},
		"a program":          {map[string]string{"uri": uri, "text": "x"}, [][]byte{[]byte("MZ\x90\x00")}, 422, problem.PhotoInvalid, "photo"},
		"a page":             {map[string]string{"uri": uri, "text": "x"}, [][]byte{[]byte("<html>")}, 422, problem.PhotoInvalid, "photo"},
		"a huge photo":       {map[string]string{"uri": uri, "text": "x"}, [][]byte{make([]byte, 8<<20+1)}, 422, problem.PhotoInvalid, "photo"},
		"another field":      {map[string]string{"uri": uri, "text": "x", "phone": "13800000000"}, nil, 422, trace.FieldInvalid, ""},
	} {
		rec := complain(c, test.fields, test.photos)
		p := webtest.Decode[webtest.Problem](t, rec)
		if rec.Code != test.status || p.Code != test.code || p.Field != test.field ||
			strings.Contains(rec.Body.String(), "13800000000") {
			t.Errorf("%s: %d %s", name, rec.Code, rec.Body)
		}
	}
	if rec := c.Post("/api/v1/complaints", `{"uri": "x"}`); rec.Code != http.StatusUnsupportedMediaType {
		t.Errorf("as JSON: %d", rec.Code)
	}
	r := httptest.NewRequest(http.MethodPost, "/api/v1/complaints", bytes.NewReader(make([]byte, 42<<20)))
	r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	if rec := c.Do(r); rec.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("42 MB: %d", rec.Code)
	}
	var kept int
	if err := w.DB.QueryRow(`select count(*) from scan.complaint`).Scan(&kept); err != nil || kept > 0 {
		t.Errorf("%d kept, %v", kept, err)
	}
}

// TestOneDeviceComplainsInMeasure: once about a unit, five times a day.
func TestOneDeviceComplainsInMeasure(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	c := webtest.New(t, w)
	for i, want := range []int{201, 429, 201, 201, 201, 201, 429} {
		unit := int64(max(0, i-1))
		if rec := complain(
			c, map[string]string{"uri": webtest.Host + b.Path(unit), "text": "x"}, nil,
		); rec.Code != want {
			t.Errorf("complaint %d: %d, want %d", i, rec.Code, want)
		}
	}
	if rec := complain(
		c, map[string]string{"uri": webtest.Host + b.Path(0), "text": "x"}, nil, "User-Agent", "another phone",
	); rec.Code != http.StatusCreated {
		t.Errorf("another device: %d", rec.Code)
	}
}

// TestComplaintsWithoutScript: the form, its errors and the case are plain
// pages in both languages that repeat nothing that was sent.
func TestComplaintsWithoutScript(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	c := webtest.New(t, w)
	uri := webtest.Host + b.Path(7)
	for i, lang := range webtest.Languages {
		headers := []string{
			"Accept",
			"text/html,application/xhtml+xml,*/*;q=0.8",
			"Accept-Language",
			lang,
			"User-Agent",
			lang,
		}
		form := c.Get("/complaints/new?uri="+url.QueryEscape(uri), headers...)
		webtest.CheckHeaders(t, "form", form.Header())
		webtest.CheckDocument(t, "form", lang, form.Body.Bytes())
		if body := form.Body.String(); strings.Contains(body, "<script") ||
			!strings.Contains(body, `enctype="multipart/form-data"`) {
			t.Errorf("%s", body)
		}
		again := complain(c, map[string]string{"uri": uri, "text": ""}, nil, headers...)
		webtest.CheckDocument(t, "form again", lang, again.Body.Bytes())
		if again.Code != 422 || !strings.Contains(again.Body.String(), webtest.Word(t, "textWrong").In(lang)) {
			t.Errorf("%d %s", again.Code, again.Body)
		}
		done := complain(c, map[string]string{"uri": uri, "text": shopperText}, nil, headers...)
		link := done.Header().Get("Location")
		if done.Code != http.StatusSeeOther || !strings.HasPrefix(link, "/complaints/") {
			t.Fatalf("%d %s", done.Code, done.Body)
		}
		link, _, _ = strings.Cut(link, "?")
		page := c.Get(link, headers...)
		webtest.CheckHeaders(t, "case", page.Header())
		webtest.CheckDocument(t, "case", lang, page.Body.Bytes())
		if body := html.UnescapeString(
			page.Body.String(),
		); strings.Contains(body, "瓶身") || strings.Contains(body, "alert") ||
			!strings.Contains(body, webtest.Word(t, "keepLink").In(lang)) {
			t.Errorf("%s", body)
		}
		if rec := c.Post(link+"/withdrawal", "", headers...); rec.Code != http.StatusSeeOther {
			t.Errorf("withdrawal %d: %d", i, rec.Code)
		}
	}
	if rec := c.Get("/complaints/new?uri=x"); rec.Code != http.StatusSeeOther ||
		!strings.HasPrefix(rec.Header().Get("Location"), "/?") {
		t.Errorf("no code: %d %s", rec.Code, rec.Header().Get("Location"))
	}
	if body := c.Get(b.Path(7)).Body.String(); !strings.Contains(body, `href="/complaints/new?`) {
		t.Error("the unit's page does not lead to the form")
	}
}

// TestDecisions: everybody reads every decision with its reason, and nobody
// which unit it was, who complained, or who decided.
func TestDecisions(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	for i := range 23 {
		b.Complaint(fmt.Sprintf("CASE-%04d", i), int64(i), trace.CannotTell)
	}
	b.Complaint("CASE-OPEN", 50)
	b.Complaint("CASE-LAST", 51, trace.CounterfeitConfirmed, trace.FoundGenuine)
	c := webtest.New(t, w)
	first := webtest.Decode[complaints.DecisionsAnswer](t, c.Get("/api/v1/decisions"))
	rest := webtest.Decode[complaints.DecisionsAnswer](t, c.Get(fmt.Sprint("/api/v1/decisions?offset=", first.Next)))
	if len(first.Items) != 20 || first.Next != 20 || len(rest.Items) != 4 || rest.Next != 0 {
		t.Fatalf("%d and %d decisions, next %d", len(first.Items), len(rest.Items), first.Next)
	}
	last := first.Items[0]
	if last.ID != "CASE-LAST" || last.Outcome != trace.FoundGenuine || len(last.Decisions) != 2 ||
		last.Respondent.En != "Heyu Stores" ||
		last.Product.En == "" {
		t.Errorf("%+v", last)
	}
	for _, lang := range webtest.Languages {
		page := c.Get("/decisions", "Accept-Language", lang)
		webtest.CheckHeaders(t, "decisions", page.Header())
		webtest.CheckDocument(t, "decisions", lang, page.Body.Bytes())
		if body := page.Body.String(); !strings.Contains(body, "CASE-LAST") || strings.Contains(body, "CASE-OPEN") ||
			!strings.Contains(body, "offset=20") {
			t.Errorf("%s", body)
		}
	}
	for _, secret := range []string{"officer", `"li"`, "index", "evidence"} {
		if strings.Contains(c.Get("/api/v1/decisions").Body.String(), secret) {
			t.Errorf("a decision shows %s", secret)
		}
	}
	for _, offset := range []string{"-1", "x", "10001"} {
		if rec := c.Get("/api/v1/decisions?offset=" + offset); rec.Code != 422 {
			t.Errorf("offset %s: %d", offset, rec.Code)
		}
	}
}

// deaf is a store of complaints that cannot be reached.
type deaf struct{ complaints.Complaints }

func (deaf) SaveComplaint(context.Context, feedback.Complaint) (bool, error) {
	return false, context.DeadlineExceeded
}

func TestComplaintNotKept(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	c := webtest.New(t, w, func(o *web.Options) { o.Complaints = deaf{} })
	rec := complain(c, map[string]string{"uri": webtest.Host + b.Path(7), "text": "x"}, nil)
	if p := webtest.Decode[webtest.Problem](t, rec); rec.Code != 503 || p.Code != problem.Unavailable ||
		rec.Header().Get("Retry-After") == "" {
		t.Errorf("%d %+v", rec.Code, p)
	}
}

// TestComplaintsByTheDozen: whoever changes his browser's name complains no oftener,
// and turns no verdict, with a confirmed scan or without; who has entered the
// unit's PIN does, and so does the platform's look.
func TestComplaintsByTheDozen(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	c := webtest.New(t, w)
	var cases []string
	for i := range 12 {
		agent := fmt.Sprint("phone ", i)
		rec := complain(c, map[string]string{"uri": webtest.Host + b.Path(7), "text": "假的"}, nil, "User-Agent", agent)
		if rec.Code == http.StatusCreated {
			cases = append(cases, webtest.Decode[complaints.ComplaintAnswer](t, rec).Case)
		}
	}
	if len(cases) != 2 {
		t.Errorf("%d of 12 complaints from one address about one item were taken", len(cases))
	}
	under := func() bool {
		t.Helper()
		rec := c.Get(b.Path(7), "Accept", "application/json")
		return strings.Contains(rec.Body.String(), "UNDER_COMPLAINT")
	}
	for _, id := range cases {
		open := b.Complaint(id, 7) // the ledger has it; the platform's look that comes with it is taken away
		w.Exec(`delete from app.complaint_ground where complaint = '` + open.ID + `'`)
	}
	if under() {
		t.Error("complaints without a ground turn the verdict")
	}
	w.Exec(`insert into app.complaint_ground (complaint, account) values ('` + cases[0] + `', 'li')`)
	if !under() {
		t.Error("the platform's look does not count")
	}
}

// TestThePINIsAGround: the device that entered the unit's right PIN, and no other.
func TestThePINIsAGround(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	c := webtest.New(t, w)
	grounds := func() (n int) {
		t.Helper()
		if err := w.DB.QueryRow(`select count(*) from scan.complaint_pin`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	link := func(rec *httptest.ResponseRecorder) string {
		return webtest.Decode[complaints.ComplaintAnswer](t, rec).Link
	}
	stranger := link(complain(c, map[string]string{"uri": webtest.Host + b.Path(7), "text": "x"}, nil))
	if page := c.Get(stranger+"?lang=zh-CN", "Accept", "text/html").Body.String(); !strings.Contains(page, "正在等平台查看") ||
		grounds() != 0 {
		t.Errorf("a stranger's complaint does not wait: %d grounds", grounds())
	}
	w.Exec(`insert into scan.pin_entry (gtin, lot, unit_index, at, device, accepted)
		select gtin, lot, 8, now(), device, true from scan.complaint`)
	owner := link(complain(c, map[string]string{"uri": webtest.Host + b.Path(8), "text": "x"}, nil))
	if page := c.Get(
		owner+"?lang=en", "Accept", "text/html",
	).Body.String(); strings.Contains(page, "platform's look") ||
		grounds() != 1 {
		t.Errorf("the owner's complaint waits: %d grounds", grounds())
	}
}

// complain sends a complaint as a program or, with Accept, as a browser does.
func complain(
	c webtest.Client, fields map[string]string, photos [][]byte, headers ...string,
) *httptest.ResponseRecorder {
	c.T.Helper()
	return c.Do(complaintOf(c.T, fields, photos), headers...)
}

// Decisions can be read by party, page by page and in either language.
func TestDecisionsAgainst(t *testing.T) {
	w := verifiertest.New(t)
	b := w.Batch(trace.Batch{Lot: "L1"}).OnSale()
	for _, id := range []string{"CASE-0001", "CASE-0002"} {
		b.Complaint(id, 7, trace.CannotTell)
	}
	w.Exec(`update ledger.complaint set respondent = 'qingshi' where id = 'CASE-0002'`)
	c := webtest.New(t, w)
	got := webtest.Decode[complaints.DecisionsAnswer](t, c.Get("/api/v1/decisions?respondent=heyu"))
	if len(got.Items) != 1 || got.Items[0].ID != "CASE-0001" {
		t.Errorf("%+v", got)
	}
	if body := c.Get(
		"/decisions?respondent=heyu", "Accept", page.TypeHTML,
	).Body.String(); strings.Contains(body, "CASE-0002") ||
		!strings.Contains(body, "lang=en&amp;respondent=heyu") {
		t.Error(body)
	}
	if rec := c.Get("/api/v1/decisions?respondent=%3Cb%3E"); rec.Code != http.StatusUnprocessableEntity {
		t.Errorf("%d", rec.Code)
	}
}
