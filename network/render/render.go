// Package render writes a topology down as the files that Fabric reads. It is
// pure: it answers contents and says where they belong, and touches no disk.
// How the processes that read them are run is not its business.
package render

import (
	"bytes"
	"embed"
	"io/fs"
	"path/filepath"
	"strconv"
	"text/template"

	"github.com/touchstone-trace/touchstone/network/topology"
)

// Profile is the configtx profile that makes the channel's first block.
const Profile = "Touchstone"

//go:embed templates
var templates embed.FS

var parsed = template.Must(template.New("").Funcs(template.FuncMap{
	"address": topology.Address,
	"host":    func() string { return topology.Host },
	// A path may hold anything; quoted like this it is one YAML string.
	"path": func(parts ...string) string { return strconv.Quote(filepath.Join(parts...)) },
}).ParseFS(templates, "templates/*.tmpl"))

// File is one rendered file.
type File struct {
	Path    string // absolute
	Mode    fs.FileMode
	Content []byte
}

// Files renders everything but the certificates and the channel's first block,
// which cryptogen and configtxgen make from it. secrets holds the registrar's
// password by organisation name; the files that contain one are private.
func Files(t topology.Topology, at Folder, secrets map[string]string) ([]File, error) {
	r := renderer{view: view{Topology: t, Folder: at}}
	r.add(at.CryptoConfig(), "crypto-config.yaml.tmpl", r.view)
	r.add(filepath.Join(at.ConfigtxDir(), "configtx.yaml"), "configtx.yaml.tmpl", r.view)
	for _, o := range t.Orderers {
		r.add(filepath.Join(at.Node(o.Name), "orderer.yaml"), "orderer.yaml.tmpl", r.view.orderer(o))
	}
	for _, o := range t.Orgs {
		r.add(filepath.Join(at.Node(o.Peer()), "core.yaml"), "core.yaml.tmpl", r.view.peer(o))
		r.add(at.CAConfig(o), "fabric-ca-server-config.yaml.tmpl", r.view.ca(o, secrets[o.Name]))
	}
	return append(r.files, builder(at)...), r.err
}

// renderer collects files until the first template that fails.
type renderer struct {
	view  view
	files []File
	err   error
}

func (r *renderer) add(path, name string, data any) {
	var out bytes.Buffer
	if r.err == nil {
		r.err = parsed.ExecuteTemplate(&out, name, data)
	}
	r.files = append(r.files, File{Path: path, Mode: 0o600, Content: out.Bytes()})
}

// builder is the external builder for chaincode as a service.
func builder(at Folder) []File {
	var files []File
	for _, step := range []string{"detect", "build", "release"} {
		content, err := templates.ReadFile("templates/builder/" + step)
		if err != nil {
			panic(err) // it is embedded
		}
		files = append(files, File{Path: filepath.Join(at.Builder(), "bin", step), Mode: 0o700, Content: content})
	}
	return files
}
