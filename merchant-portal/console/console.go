// Package console builds the console with Node, once for each state of its
// source, into the user's cache. What is built is served by gateway/console.
package console

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// ErrNoNode says that the machine lacks what the console is built with.
var ErrNoNode = errors.New(
	"building the console needs Node 20.19 or later with npm: install them from nodejs.org or your distribution",
)

// Builder builds the console of a source tree.
type Builder struct {
	Source string // the root of Touchstone's source
	Cache  string // where it is kept; empty for the user's cache folder
	Log    *slog.Logger
}

func (b Builder) folder() string { return filepath.Join(b.Source, "merchant-portal", "console") }

// Build answers the folder of the built console, building it where its source
// has changed. An interrupted build leaves nothing behind. The error is
// ErrNoNode where Node is missing.
func (b Builder) Build(ctx context.Context) (string, error) {
	key, err := b.key()
	if err != nil {
		return "", err
	}
	into, err := b.cache(key)
	if err != nil {
		return "", err
	}
	release, err := lock(filepath.Join(filepath.Dir(into), ".lock"))
	if err != nil {
		return "", err
	}
	defer release()
	if _, err := os.Stat(filepath.Join(into, "index.html")); err == nil {
		return into, nil
	}
	started := time.Now()
	if err := b.Install(ctx); err != nil {
		return "", err
	}
	b.Log.Info("building the console")
	if err := b.make(ctx, into); err != nil {
		return "", err
	}
	b.Log.Info("built the console", "seconds", int(time.Since(started).Seconds()))
	return into, nil
}

func (b Builder) make(ctx context.Context, into string) error {
	partial, err := os.MkdirTemp(filepath.Dir(into), "partial-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(partial) }()
	if err := b.Run(
		ctx, "npm", "run", "build", "--", "--emptyOutDir", "--logLevel", "warn", "--outDir", partial,
	); err != nil {
		return err
	}
	if err := os.RemoveAll(into); err != nil {
		return err
	}
	return os.Rename(partial, into)
}

// stamp is where the packages say of which lock file they are.
const stamp = "node_modules/.touchstone-lock"

// Install fetches the packages that the lock file names, where they are not
// there yet.
func (b Builder) Install(ctx context.Context) error {
	for _, program := range []string{"node", "npm"} {
		if _, err := exec.LookPath(program); err != nil {
			return ErrNoNode
		}
	}
	want, err := os.ReadFile(filepath.Join(b.folder(), "package-lock.json"))
	if err != nil {
		return err
	}
	if have, err := os.ReadFile(filepath.Join(b.folder(), stamp)); err == nil && string(have) == string(want) {
		return nil
	}
	b.Log.Info("fetching the console's packages, which takes half a minute the first time")
	if err := b.Run(ctx, "npm", "ci", "--no-audit", "--no-fund", "--loglevel", "error"); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(b.folder(), stamp), want, 0o600)
}

// Run runs a program in the console's folder and tells what it said where it fails.
func (b Builder) Run(ctx context.Context, program string, args ...string) error {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = b.folder()
	cmd.WaitDelay = 5 * time.Second
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s", program, strings.Join(args, " "), err, out)
	}
	return nil
}

// proofScript is the one check of signatures in browsers, which the console takes from the verifier.
const proofScript = "verifier/internal/web/proofs/assets/proof.js"

// key is a hash of everything that the build depends on.
func (b Builder) key() (string, error) {
	h := sha256.New()
	err := filepath.WalkDir(b.folder(), func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == "dist"):
			return fs.SkipDir
		case !entry.Type().IsRegular() || strings.HasSuffix(path, ".go"):
			return nil
		}
		return hashFile(h, b.folder(), path)
	})
	if shared := filepath.Join(b.Source, proofScript); err == nil {
		if err = hashFile(h, b.folder(), shared); errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:12]), err
}

func hashFile(h io.Writer, root, path string) error {
	name, err := filepath.Rel(root, path)
	if err != nil {
		return err
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(h, "%s\x00%d\x00%s", filepath.ToSlash(name), len(content), content)
	return err
}

func (b Builder) cache(key string) (string, error) {
	cache := b.Cache
	if cache == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return "", fmt.Errorf("no cache folder for the console: set HOME or XDG_CACHE_HOME: %w", err)
		}
		cache = filepath.Join(user, "touchstone")
	}
	folder := filepath.Join(cache, "console")
	return filepath.Join(folder, key), os.MkdirAll(folder, 0o750)
}

// lock keeps two builds from doing the same work.
func lock(file string) (release func(), err error) {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() { _ = f.Close() }, nil
}
