package privacy_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/touchstone-trace/touchstone/chaincode/wording"
	"github.com/touchstone-trace/touchstone/verifier/internal/verifiertest"
	"github.com/touchstone-trace/touchstone/verifier/internal/web"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/privacy"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/visitor"
	"github.com/touchstone-trace/touchstone/verifier/internal/web/webtest"
	"github.com/touchstone-trace/touchstone/verifier/rules/verdict"
)

// shoppersTables are tables of other schemas in which something of a shopper stands;
// in the verifier's own all are of shoppers but those of creators.
var shoppersTables = []string{"app.complaint_ground", "ledger.owned_unit"}

// The privacy page tells of every column that is kept of a shopper, and of none
// that is not there. Who adds one says so on the page.
func TestPrivacyPageTellsEverythingThatIsKept(t *testing.T) {
	w := verifiertest.New(t)
	rows, err := w.DB.Query(`select table_schema || '.' || table_name, column_name from information_schema.columns
		where table_schema = 'scan' and table_name <> 'endorsement' or table_schema || '.' || table_name = any(string_to_array($1, ','))`,
		strings.Join(shoppersTables, ","))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	told := privacy.Columns()
	kept := map[string]bool{}
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			t.Fatal(err)
		}
		kept[table+".*"], kept[table+"."+column] = true, true
		if !slices.Contains(told, table+"."+column) && !slices.Contains(told, table+".*") {
			t.Errorf("%s.%s is kept and not on the privacy page: add it to keepings", table, column)
		}
	}
	for _, column := range told {
		if !kept[column] {
			t.Errorf("the privacy page tells of %s, which is not kept", column)
		}
	}
}

// Its numbers are those that the program works with.
func TestPrivacyPageHasTheProgramsNumbers(t *testing.T) {
	c := webtest.New(t, verifiertest.New(t), func(o *web.Options) { o.Contact = "澄岩食品，privacy@example.com" })
	for lang, numbers := range map[string][]string{
		wording.Chinese: {fmt.Sprintf("%d 分钟内重复打开只计一次", int(verdict.SameVisit.Minutes())), fmt.Sprintf("最多计 %d 部", verdict.NetworkDevices),
			fmt.Sprintf("%d 小时", int(verdict.VisitRemembered.Hours())), fmt.Sprintf("约 %d 分钟", int(visitor.ForgetAddress.Minutes())), "最多 7 天", "澄岩食品，privacy@example.com", "个人信息保护法"},
		wording.English: {fmt.Sprintf("within %d minutes", int(verdict.SameVisit.Minutes())), fmt.Sprintf("at most %d phones", verdict.NetworkDevices),
			fmt.Sprintf("%d hours", int(verdict.VisitRemembered.Hours())), fmt.Sprintf("About %d minutes", int(visitor.ForgetAddress.Minutes())), "at most 7 days", "PIPL"},
	} {
		rec := c.Get("/privacy?lang=" + lang)
		if rec.Code != http.StatusOK || rec.Header().Get("Content-Language") != lang {
			t.Fatalf("%d %v", rec.Code, rec.Header())
		}
		text := strings.NewReplacer("\u00a0", " ", "\u2060", "").Replace(rec.Body.String())
		for _, number := range numbers {
			if !strings.Contains(text, number) {
				t.Errorf("%s: no %q in %s", lang, number, text)
			}
		}
	}
}

// Every page links to it.
func TestEveryPageLinksToPrivacy(t *testing.T) {
	files, err := filepath.Glob("../*/assets/*.html")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := string(content)
		if strings.Contains(text, "</body>") && !strings.Contains(text, `{{template "foot" .}}`) &&
			!strings.Contains(text, `{{template "unit_foot.html" .}}`) {
			t.Errorf(`%s ends without {{template "foot" .}}`, file)
		}
	}
	c := webtest.New(t, verifiertest.New(t))
	for _, page := range []string{"/", "/01/x", "/decisions", "/privacy"} {
		if body := c.Get(page).Body.String(); !strings.Contains(body, `href="/privacy?lang=`) {
			t.Errorf("no link on %s", page)
		}
	}
}
