package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/touchstone-trace/touchstone/network/local"
	configuration "github.com/touchstone-trace/touchstone/network/render"
)

type render struct {
	networkOptions
	Into string `arg:"" help:"Folder to write to." type:"path"`
}

// Run writes the configuration as it would be in a state folder, without the
// registrars' passwords.
func (r *render) Run() error {
	t, err := local.NewTopology(r.in(""))
	if err != nil {
		return err
	}
	secrets := map[string]string{}
	for _, o := range t.Orgs {
		secrets[o.Name] = "PASSWORD"
	}
	files, err := configuration.Files(t, configuration.Folder(r.Into), secrets)
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := os.MkdirAll(filepath.Dir(f.Path), 0o750); err != nil {
			return err
		}
		if err := os.WriteFile(f.Path, f.Content, f.Mode); err != nil {
			return err
		}
		fmt.Println(f.Path)
	}
	return nil
}
