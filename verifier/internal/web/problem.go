package web

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// The codes that belong to HTTP and to shoppers, not to the ledger.
const (
	codeNotFound    trace.Code = "NOT_FOUND"
	codeMethod      trace.Code = "METHOD_NOT_ALLOWED"
	codeTooLarge    trace.Code = "BODY_TOO_LARGE"
	codeMediaType   trace.Code = "MEDIA_TYPE_UNSUPPORTED"
	codeTooMany     trace.Code = "TOO_MANY_REQUESTS"
	codeInternal    trace.Code = "INTERNAL"
	codeUnavailable trace.Code = "UNAVAILABLE"
	codeNonce       trace.Code = "NONCE_INVALID"
	codeNotIssued   trace.Code = "NOT_ISSUED"
	codeIncomplete  trace.Code = "CODE_INCOMPLETE"
	codePINWrong    trace.Code = "PIN_WRONG"
	codePINLocked   trace.Code = "PIN_LOCKED"
	codePhoto       trace.Code = "PHOTO_INVALID"
	codeReviewToken trace.Code = "REVIEW_TOKEN_INVALID"
	codeReviewed    trace.Code = "REVIEW_EXISTS"
	codeCreator     trace.Code = "CREATOR_UNKNOWN"
	codeTampered    trace.Code = "LOG_ENTRY_CHANGED"
	codeLost        trace.Code = "LOG_ENTRY_LOST"
	codeOrigin      trace.Code = "CROSS_ORIGIN"
	codeKnown       trace.Code = "CODE_KNOWN"
)

// answers is the one table from codes to HTTP. A code that is not in it is
// internal, and what it says is hidden.
var answers = map[trace.Code]struct {
	status int
	title  trace.Text
}{
	codeNotFound:            {http.StatusNotFound, trace.Text{ZhCN: "没有这个页面", En: "There is nothing here"}},
	codeMethod:              {http.StatusMethodNotAllowed, trace.Text{ZhCN: "不支持这种请求方法", En: "This method is not allowed here"}},
	codeTooLarge:            {http.StatusRequestEntityTooLarge, trace.Text{ZhCN: "请求内容太大", En: "The request is too large"}},
	codeMediaType:           {http.StatusUnsupportedMediaType, trace.Text{ZhCN: "不支持这种提交格式", En: "This media type is not taken here"}},
	codeTooMany:             {http.StatusTooManyRequests, trace.Text{ZhCN: "查询过于频繁，请稍后再试", En: "Too many requests, try again shortly"}},
	codeInternal:            {http.StatusInternalServerError, trace.Text{ZhCN: "服务出错，请稍后再试", En: "Something went wrong on our side, try again later"}},
	codeUnavailable:         {http.StatusServiceUnavailable, trace.Text{ZhCN: "现在无法办理，请稍后再试", En: "This cannot be done right now, try again later"}},
	codeNonce:               {http.StatusBadRequest, trace.Text{ZhCN: "页面已过期，请重新扫码", En: "The page has expired, scan the code again"}},
	codeNotIssued:           {http.StatusNotFound, trace.Text{ZhCN: "查不到这枚编码", En: "We do not know this code"}},
	codeIncomplete:          {http.StatusUnprocessableEntity, trace.Text{ZhCN: "编码不完整", En: "The code is not complete"}},
	codePINWrong:            {http.StatusForbidden, trace.Text{ZhCN: "防伪码不对", En: "The PIN is wrong"}},
	codePINLocked:           {http.StatusTooManyRequests, trace.Text{ZhCN: "防伪码输错次数过多，请明天再试", En: "The PIN was wrong too often, try again tomorrow"}},
	codePhoto:               {http.StatusUnprocessableEntity, trace.Text{ZhCN: "照片须为 JPEG、PNG 或 WebP，每张不超过 8 MB", En: "Photos must be JPEG, PNG or WebP of up to 8 MB each"}},
	codeReviewToken:         {http.StatusForbidden, trace.Text{ZhCN: "请先扫码，再评价这件商品", En: "Scan the item before you review it"}},
	codeReviewed:            {http.StatusConflict, trace.Text{ZhCN: "这件商品已经有一条评价", En: "This item has its review already"}},
	codeCreator:             {http.StatusUnauthorized, trace.Text{ZhCN: "没有这位创作者，或密钥已失效", En: "No creator has this key, or it was revoked"}},
	codeLost:                {http.StatusGone, trace.Text{ZhCN: "数据库恢复时，这条记录或与它一同锚定的记录已丢失，无法再证明", En: "This entry, or one anchored with it, was lost when the database was restored; it can be proved no more"}},
	codeTampered:            {http.StatusConflict, trace.Text{ZhCN: "这条记录与账本上的锚定不符", En: "This entry is not the one that was anchored on the ledger"}},
	codeKnown:               {http.StatusConflict, trace.Text{ZhCN: "本平台查得到这枚编码，请投诉这件商品", En: "We know this code; complain about the item"}},
	codeOrigin:              {http.StatusForbidden, trace.Text{ZhCN: "请从本平台的页面提交", En: "Send this from a page of ours"}},
	trace.ComplaintConflict: {http.StatusConflict, trace.ComplaintConflict.Title()},
	trace.AnchorUnknown:     {http.StatusNotFound, trace.AnchorUnknown.Title()},
	trace.RequestMalformed:  {http.StatusBadRequest, trace.RequestMalformed.Title()},
	trace.FieldInvalid:      {http.StatusBadRequest, trace.FieldInvalid.Title()},
	trace.UnitActivated:     {http.StatusConflict, trace.UnitActivated.Title()},
	trace.OwnerUnproved:     {http.StatusForbidden, trace.OwnerUnproved.Title()},
	trace.UnitStolen:        {http.StatusConflict, trace.UnitStolen.Title()},
	trace.UnitNotStolen:     {http.StatusConflict, trace.UnitNotStolen.Title()},
	trace.OwnerActsSpent:    {http.StatusConflict, trace.OwnerActsSpent.Title()},
	trace.UnitProof:         {http.StatusConflict, trace.UnitProof.Title()},
	trace.UnitUnknown:       {http.StatusConflict, trace.UnitUnknown.Title()},
	trace.BatchUnknown:      {http.StatusConflict, trace.BatchUnknown.Title()},
	trace.BatchUnapproved:   {http.StatusConflict, trace.BatchUnapproved.Title()},
}

func problem(code trace.Code, field, message string) error {
	return trace.Errorf(code, field, "%s", message)
}

// problemDocument is an RFC 9457 problem. Title is in the reader's language, and
// Detail where there is Chinese for it.
type problemDocument struct {
	Type   string     `json:"type"`
	Title  string     `json:"title"`
	Status int        `json:"status"`
	Code   trace.Code `json:"code"`
	Field  string     `json:"field,omitempty"`
	Detail string     `json:"detail,omitempty"`
	// TriesLeft is how often the unit's PIN can still be tried, where one was wrong.
	TriesLeft *int `json:"triesLeft,omitempty"`
}

// fail answers every error as a problem document, or as a page to a browser.
func (h *handler) fail(err error, c echo.Context) {
	if c.Response().Committed || errors.Is(err, echo.ErrNotFound) && h.elsewhere(c) == nil {
		return
	}
	e := asProblem(err)
	answer, known := answers[e.Code]
	if !known {
		h.Log.Error("request failed", "route", c.Path(), "error", err)
		e, answer = &trace.Error{Code: codeInternal}, answers[codeInternal]
	}
	header := c.Response().Header()
	if answer.status == http.StatusServiceUnavailable || e.Code == codeTooMany {
		header.Set("Retry-After", retryAfter)
	}
	if title := answer.title.In(languageOf(c.Request())); wantsPage(c) && problemPage(c, answer.status, title) == nil {
		return
	}
	header.Set("Content-Type", "application/problem+json")
	c.Response().WriteHeader(answer.status)
	if c.Request().Method == http.MethodHead {
		return
	}
	language := languageOf(c.Request())
	document := problemDocument{"about:blank", answer.title.In(language), answer.status, e.Code, e.Field, e.Detail().In(language), nil}
	if r, ok := errors.AsType[pinRefusal](err); ok {
		document.TriesLeft = &r.left
	}
	if err := json.NewEncoder(c.Response()).Encode(document); err != nil {
		h.Log.Debug("answer not written", "error", err)
	}
}

// problemPage tells a reader's browser what a program reads as a problem document.
func problemPage(c echo.Context, status int, title string) error {
	page := struct {
		frame
		Title string
	}{newFrame(c.Request(), nil), title}
	return render(c, status, "problem.html", page)
}

// byStatus translates what echo itself refuses.
var byStatus = map[int]trace.Code{
	http.StatusNotFound:              codeNotFound,
	http.StatusMethodNotAllowed:      codeMethod,
	http.StatusRequestEntityTooLarge: codeTooLarge,
	http.StatusUnsupportedMediaType:  codeMediaType,
	http.StatusTooManyRequests:       codeTooMany,
}

func asProblem(err error) *trace.Error {
	var e *trace.Error
	if errors.As(err, &e) {
		return e
	}
	var he *echo.HTTPError
	if errors.As(err, &he) && byStatus[he.Code] != "" {
		return &trace.Error{Code: byStatus[he.Code]}
	}
	return &trace.Error{Code: codeInternal}
}
