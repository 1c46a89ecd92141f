// Package tools provides Fabric's own commands. Their versions are pinned in
// the module files in the folders below; they are built once per version into
// the user's cache, or taken from a folder where they are installed already.
// What the commands are used for is not its business.
package tools

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
)

// Bin finds a command's program by its name.
type Bin map[string]string

// Installed takes the commands from a folder of installed Fabric binaries.
func Installed(dir string) (Bin, error) {
	bin := Bin{}
	for _, name := range []string{"peer", "orderer", "cryptogen", "configtxgen", "discover", "fabric-ca-server"} {
		program, err := filepath.Abs(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		if _, err := exec.LookPath(program); err != nil {
			return nil, fmt.Errorf(
				"FABRIC_BIN=%s holds no program %s: install it there, or unset FABRIC_BIN to have it built",
				dir,
				name,
			)
		}
		bin[name] = program
	}
	return bin, nil
}

// Builder builds the pinned commands.
type Builder struct {
	Source string // the root of Touchstone's source
	Cache  string // where the programs are kept; empty for the user's cache folder
	Log    *slog.Logger
}

// module is one of the nested modules that pin commands.
type module struct {
	folder  string // under network/tools
	pinned  string // the module whose version names the folder in the cache
	release string // what people call that version
	version string // the variable that holds the version inside the programs
	cgo     bool
}

var modules = []module{
	{folder: "fabric", pinned: "github.com/hyperledger/fabric", release: "3.1.1",
		version: "github.com/hyperledger/fabric/common/metadata.Version"},
	{folder: "fabricca", pinned: "github.com/hyperledger/fabric-ca", release: "1.5.15",
		version: "github.com/hyperledger/fabric-ca/lib/metadata.Version", cgo: true},
}

// Build answers the pinned commands, building what the cache does not hold.
func (b Builder) Build(ctx context.Context) (Bin, error) {
	bin := Bin{}
	for _, m := range modules {
		if err := b.ensure(ctx, m, bin); err != nil {
			return nil, err
		}
	}
	return bin, nil
}

func (b Builder) ensure(ctx context.Context, m module, bin Bin) error {
	source := filepath.Join(b.Source, "network", "tools", m.folder)
	version, commands, err := pinned(ctx, source, m.pinned)
	if err != nil {
		return err
	}
	dir, err := b.cacheDir(m.folder, version)
	if err != nil {
		return err
	}
	release, err := lock(dir + ".lock")
	if err != nil {
		return err
	}
	defer release()
	for _, command := range commands {
		bin[path.Base(command)] = filepath.Join(dir, path.Base(command))
	}
	if complete(dir, commands) {
		return nil
	}
	if err := b.build(ctx, m, source, dir); err != nil {
		return fmt.Errorf("build %s %s: %w", path.Base(m.pinned), m.release, err)
	}
	return nil
}

// complete reports whether a folder holds a program for each command.
func complete(dir string, commands []string) bool {
	for _, command := range commands {
		if _, err := exec.LookPath(filepath.Join(dir, path.Base(command))); err != nil {
			return false
		}
	}
	return true
}

func (b Builder) cacheDir(folder, version string) (string, error) {
	cache := b.Cache
	if cache == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return "", fmt.Errorf("no cache folder for Fabric's programs: set HOME or XDG_CACHE_HOME: %w", err)
		}
		cache = filepath.Join(user, "touchstone")
	}
	return filepath.Join(cache, folder, version), os.MkdirAll(filepath.Join(cache, folder), 0o750)
}

// pinned reads the version of a module and the commands that a module file pins.
func pinned(ctx context.Context, source, name string) (version string, commands []string, err error) {
	out, err := exec.CommandContext(ctx, "go", "mod", "edit", "-json", filepath.Join(source, "go.mod")).Output()
	if err != nil {
		return "", nil, fmt.Errorf("read %s: %w", filepath.Join(source, "go.mod"), err)
	}
	var file struct {
		Require, Tool []struct{ Path, Version string }
	}
	if err := json.Unmarshal(out, &file); err != nil {
		return "", nil, err
	}
	for _, r := range file.Require {
		if r.Path == name {
			version = r.Version
		}
	}
	for _, t := range file.Tool {
		commands = append(commands, t.Path)
	}
	if version == "" || len(commands) == 0 {
		return "", nil, fmt.Errorf("%s pins no command of %s", source, name)
	}
	return version, commands, nil
}

// SourceRoot is the root of Touchstone's source that holds the working folder.
func SourceRoot(ctx context.Context) (string, error) {
	const self = "github.com/touchstone-trace/touchstone"
	out, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", self).Output()
	if err != nil {
		return "", fmt.Errorf("run this inside Touchstone's source tree, with go on the PATH (%w)", err)
	}
	return strings.TrimSpace(string(out)), nil
}
