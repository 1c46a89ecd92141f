package postgres

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"github.com/touchstone-trace/touchstone/network/preflight"
)

// findServer answers the folder of the server's programs, and installs them
// where they are missing and that is possible.
func findServer(ctx context.Context, log *slog.Logger) (string, error) {
	if bin := installed(ctx); bin != "" {
		return bin, nil
	}
	err := preflight.AptInstall(ctx, log, "postgresql")
	if bin := installed(ctx); bin != "" {
		return bin, nil
	}
	return "", fmt.Errorf(
		"no Postgres server: install one (Debian and Ubuntu: postgresql; Fedora: postgresql-server; macOS: brew install postgresql), or set DATABASE_URL to an existing database (%w)",
		err,
	)
}

// installed looks for the server's programs on the PATH, where pg_config says,
// and where Debian puts them, the newest version first. A program on the PATH
// may be a link; its neighbours are where the link points.
func installed(ctx context.Context) string {
	var candidates []string
	if initdb, err := exec.LookPath("initdb"); err == nil {
		if target, err := filepath.EvalSymlinks(initdb); err == nil {
			candidates = append(candidates, filepath.Dir(target))
		}
	}
	if out, err := exec.CommandContext(ctx, "pg_config", "--bindir").Output(); err == nil {
		candidates = append(candidates, strings.TrimSpace(string(out)))
	}
	debian, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	for i := range debian {
		candidates = append(candidates, debian[len(debian)-1-i])
	}
	for _, dir := range candidates {
		if complete(dir) {
			return dir
		}
	}
	return ""
}

func complete(dir string) bool {
	for _, program := range []string{"initdb", "postgres", "pg_isready"} {
		if _, err := exec.LookPath(filepath.Join(dir, program)); err != nil {
			return false
		}
	}
	return true
}

// serverUser is who the server runs as: Postgres refuses root, so for root it
// is the postgres user, or nobody where there is none.
func serverUser() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, login := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(login)
		if err != nil {
			continue
		}
		uid, errUID := strconv.ParseUint(u.Uid, 10, 32)
		gid, errGID := strconv.ParseUint(u.Gid, 10, 32)
		if errUID == nil && errGID == nil {
			return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
		}
	}
	return nil, fmt.Errorf(
		"postgres does not run as root, and there is no user postgres: add one (useradd --system postgres), or run as another user",
	)
}

// dataDir is where the data of the cluster in dir lives: in dir, unless we are
// root and the server's user cannot pass through the folders above it, such as
// /root. Then it is below /var/lib, and dir holds a link to it.
func dataDir(dir string) (string, error) {
	link := filepath.Join(dir, "data")
	if target, err := os.Readlink(link); err == nil {
		return target, nil
	}
	if _, err := os.Stat(link); err == nil || os.Geteuid() != 0 || open(dir) {
		return link, nil
	}
	const elsewhere = "/var/lib/touchstone"
	target := filepath.Join(elsewhere, rand.Text())
	err := os.MkdirAll(elsewhere, 0o711) //nolint:gosec // the server's user passes through
	return target, errors.Join(err, os.Symlink(target, link))
}

// Remove removes the cluster in dir, which must not run.
func Remove(dir string) error {
	data, err := filepath.EvalSymlinks(filepath.Join(dir, "data"))
	if err == nil {
		err = os.RemoveAll(data)
	}
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return errors.Join(err, os.RemoveAll(dir))
}

// open reports whether everybody may pass through dir and the folders above it.
func open(dir string) bool {
	const passOthers = 0o001
	for {
		info, err := os.Stat(dir)
		if err != nil || info.Mode()&passOthers == 0 {
			return false
		}
		if dir == filepath.Dir(dir) {
			return true
		}
		dir = filepath.Dir(dir)
	}
}
