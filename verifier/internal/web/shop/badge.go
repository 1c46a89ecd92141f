package shop

import (
	"bytes"
	"context"
	"net/http"
	"regexp"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/page"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/visitor"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
	"github.com/touchstone-trace/touchstone/verifier/rules/content"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// Badges reads what is known about a badge now.
type Badges interface {
	Badge(ctx context.Context, id string) (*verdict.BadgeRecords, error)
}

var badgeForm = regexp.MustCompile(`^B[A-Z2-7]{16}$`)

// BadgeFile serves what a shop puts on its page: a script that inserts the
// picture, or the picture itself. Both go onto other sites' pages; the page
// behind them does not.
func (h *Handler) BadgeFile(c echo.Context) error {
	header := c.Response().Header()
	header.Set("Cross-Origin-Resource-Policy", "cross-origin")
	if id, is := strings.CutSuffix(c.Param("name"), ".js"); is && badgeForm.MatchString(id) {
		header.Set("Cache-Control", "public, max-age=300")
		return c.Blob(
			http.StatusOK,
			"text/javascript; charset=utf-8",
			bytes.ReplaceAll(badgeScript, []byte("BADGE"), []byte(id)),
		)
	}
	id, is := strings.CutSuffix(c.Param("name"), ".svg")
	if !is {
		return page.Refuse(problem.NotFound, "", "no_badge")
	}
	r := c.Request()
	answer, records, err := h.judgeBadge(r, id, c.QueryParam("site"), r.Header.Get("Origin"), r.Header.Get("Referer"))
	if err != nil {
		return err
	}
	svg, err := room.Draw(
		"badge_svg.html",
		badgePage{
			Frame:       room.Frame(r, nil),
			BadgeAnswer: answer,
			Badge:       records.Badge,
			At:          h.Visitors.Now().In(trace.Zone).Format("01-02 15:04"),
		},
	)
	if err != nil {
		return err
	}
	header.Set("Cache-Control", "private, max-age=15")
	header.Set("Vary", "Origin, Referer, Accept-Language")
	header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	return c.Blob(http.StatusOK, "image/svg+xml", svg)
}

var badgeScript = page.Asset(assets, "badge.js")

// judgeBadge gives a badge's answer. Of the sites that the browser and the
// script name, one that is not the badge's own is enough.
func (h *Handler) judgeBadge(
	r *http.Request, id, site string, headers ...string,
) (verdict.BadgeAnswer, *verdict.BadgeRecords, error) {
	if !badgeForm.MatchString(id) {
		return verdict.BadgeAnswer{}, nil, page.Refuse(problem.NotFound, "", "no_badge")
	}
	ctx, cancel := context.WithTimeout(r.Context(), visitor.AnswerTime)
	defer cancel()
	records, err := h.Badges.Badge(ctx, id)
	if err != nil {
		h.Log.Error("badge not read", "error", err)
		return verdict.BadgeAnswer{}, nil, page.Refuse(problem.Unavailable, "", "badge_not_now")
	}
	if records == nil {
		return verdict.BadgeAnswer{}, nil, page.Refuse(problem.NotFound, "", "no_badge")
	}
	h.Judge.Dated(records.Ledger)
	sites := []string{strings.ToLower(site)}
	for _, header := range headers {
		sites = append(sites, content.SiteOf(header))
	}
	e := verdict.BadgeEvidence{Now: h.Visitors.Now(), MaxAge: h.Judge.MaxAge, Records: *records}
	for _, s := range sites {
		if s != "" && (e.Site == "" || s != records.Badge.Host) {
			e.Site = s
		}
	}
	return verdict.JudgeBadge(e), records, nil
}

// badgePage is what the badge's picture and its page show.
type badgePage struct {
	page.Frame
	verdict.BadgeAnswer
	Badge   verdict.Badge
	Product *trace.Product
	Seller  trace.Party
	Issuer  trace.Party
	Recalls []trace.Recall
	Today   trace.Date
	At      string
}

// Badge is the page that a badge leads to: it names the host that the badge was
// issued for, and what it says now.
func (h *Handler) Badge(c echo.Context) error {
	c.Response().Header().Set("Vary", "Accept, Accept-Language, Referer")
	r := c.Request()
	referer := r.Header.Get("Referer")
	if content.SiteOf(referer) == strings.ToLower(r.Host) {
		referer = "" // the reader has changed the language
	}
	answer, records, err := h.judgeBadge(r, c.Param("id"), "", referer)
	if err != nil {
		return err
	}
	if page.WantsJSON(c) {
		return c.JSON(http.StatusOK, struct {
			verdict.BadgeAnswer
			Badge   verdict.Badge  `json:"badge"`
			Recalls []trace.Recall `json:"recalls"`
		}{answer, records.Badge, records.Recalls})
	}
	f := room.Frame(r, nil)
	return room.Render(
		c,
		http.StatusOK,
		"badge.html",
		badgePage{
			Frame:       f,
			BadgeAnswer: answer,
			Badge:       records.Badge,
			Product:     records.Product,
			Seller:      records.Parties[records.Badge.Seller],
			Issuer:      records.Parties[records.Badge.Issuer],
			Recalls:     records.Recalls,
			Today:       trace.DayOf(h.Visitors.Now()),
			At:          f.Moment(h.Visitors.Now()),
		},
	)
}

// ShortHost keeps a long host's end, which says whose it is.
func (p badgePage) ShortHost() string {
	const most = 30
	if h := p.Badge.Host; len(h) > most {
		return "…" + h[len(h)-most:]
	}
	return p.Badge.Host
}

// Standing says how a party stands today.
func (p badgePage) Standing(party trace.Party) string {
	return p.StandingName(party.StandingOn(p.Today))
}

// RecallLots names the badge's product's lots that a recall reaches.
func (p badgePage) RecallLots(r trace.Recall) string {
	return strings.Join(verdict.RecalledLots([]trace.Recall{r}, p.Badge.GTIN), ", ")
}

// Colour is that of the badge's shape.
func (p badgePage) Colour() string {
	switch p.Verdict {
	case verdict.Genuine:
		return "#1F7A4D"
	case verdict.Caution:
		return "#A86400"
	case verdict.Unavailable:
		return "#5F6B76"
	}
	return "#B42318"
}
