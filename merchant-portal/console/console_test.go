package console

import (
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
)

// builder is ready to run the console's own checks, or the test is skipped.
func builder(t *testing.T) Builder {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: the console is not built")
	}
	source, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	b := Builder{Source: source, Log: slog.New(slog.NewTextHandler(t.Output(), nil))}
	err = b.Install(t.Context())
	if errors.Is(err, ErrNoNode) && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// What the console's own programs check: types, the client's agreement with the
// interface's document, and its tests, that of missing and unused texts among them.
func TestTheConsolesOwnChecks(t *testing.T) {
	b := builder(t)
	for name, args := range map[string][]string{
		"types":  {"run", "lint"},
		"client": {"run", "generate", "--", "--check"},
		"tests":  {"test"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := b.Run(t.Context(), "npm", args...); err != nil {
				t.Error(err)
			}
		})
	}
}

// chunk is a part of the build, as Vite's manifest lists it.
type chunk struct {
	File           string
	Imports        []string
	DynamicImports []string
	CSS            []string
	IsEntry        bool
}

// mostAtFirst is how many bytes, compressed, the first page may take. antd does
// not fit in.
const mostAtFirst = 200_000

// Whoever opens the console for the first time loads its frame, the sign-in page
// and the overview, with their texts.
func TestTheFirstLoadIsSmall(t *testing.T) {
	b := builder(t)
	folder, err := b.Build(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(folder, ".vite", "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var chunks map[string]chunk
	if err := json.Unmarshal(text, &chunks); err != nil {
		t.Fatal(err)
	}
	total, seen := int64(0), map[string]bool{}
	var add func(name string)
	add = func(name string) {
		c, ok := chunks[name]
		if !ok {
			t.Fatalf("the build has no %s", name)
		}
		for _, file := range append([]string{c.File}, c.CSS...) {
			if seen[file] {
				continue
			}
			seen[file] = true
			info, err := os.Stat(filepath.Join(folder, file+".gz"))
			if err != nil {
				t.Fatal(err)
			}
			total += info.Size()
		}
		for _, name := range c.Imports {
			if !seen[chunks[name].File] {
				add(name)
			}
		}
	}
	add("index.html")
	t.Logf("%d bytes in %d files", total, len(seen))
	if total > mostAtFirst {
		t.Errorf("the first page takes %d bytes, more than %d", total, mostAtFirst)
	}
}

func TestABuildIsKeptForItsSource(t *testing.T) {
	source := t.TempDir()
	folder := filepath.Join(source, "merchant-portal", "console")
	if err := os.MkdirAll(filepath.Join(folder, "node_modules"), 0o700); err != nil {
		t.Fatal(err)
	}
	b := Builder{Source: source, Cache: t.TempDir(), Log: slog.New(slog.DiscardHandler)}
	write := func(name, content string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	key := func() string {
		t.Helper()
		k, err := b.key()
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	write("index.html", "one")
	first := key()
	write("node_modules/x.js", "does not count")
	write("console.go", "neither does this")
	if key() != first {
		t.Error("what is not built from changes the key")
	}
	write("index.html", "two")
	if key() == first {
		t.Error("a changed source has the old key")
	}
	kept, err := b.cache(key())
	if err == nil {
		err = os.MkdirAll(kept, 0o700)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(kept, "index.html"), nil, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	if got, err := b.Build(t.Context()); err != nil || got != kept {
		t.Errorf("%s, %v: an unchanged console is built again", got, err)
	}
}

func TestWithoutNodeItIsSaidWhatIsMissing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if err := (Builder{Source: t.TempDir()}).Install(t.Context()); !errors.Is(err, ErrNoNode) {
		t.Errorf("%v", err)
	}
}
