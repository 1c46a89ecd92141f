package fabric

import (
	"crypto/x509"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/touchstone-trace/touchstone/network/topology"
)

// Renewed is what RenewFiles replaced: the files of certificates, and whether CAs
// were among them.
type Renewed struct {
	Files []string
	CAs   bool
}

// RenewFiles replaces the certificates in the network's folder that are due, or all
// where all is set: of CAs, TLS CAs, nodes and administrators. Keys and names stay.
// The processes read them when they start; a channel learns of CAs by RenewChannel.
func (n *Network) RenewFiles(now time.Time, lives Lives, all bool) (Renewed, error) {
	var done Renewed
	orgs, err := filepath.Glob(filepath.Join(n.Folder.Crypto(), "*Organizations", "*"))
	if err != nil {
		return done, err
	}
	for _, dir := range orgs {
		r := renewer{dir: dir, now: now, lives: lives, all: all, done: &done}
		if err := r.run(); err != nil {
			return done, err
		}
	}
	return done, n.renewCAServer(now, lives, all || done.CAs, &done)
}

// renewCAServer removes the CA server's own TLS certificate, of which it makes
// another when it starts.
func (n *Network) renewCAServer(now time.Time, lives Lives, all bool, done *Renewed) error {
	file := filepath.Join(n.Folder.CADir(n.Topology.Orgs[0]), "tls-cert.pem")
	c, err := readCertificate(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil || !all && !due(c, lives.Node, now) {
		return err
	}
	done.Files = append(done.Files, file)
	return os.Remove(file)
}

// renewer renews what one organisation has.
type renewer struct {
	dir   string
	now   time.Time
	lives Lives
	all   bool
	done  *Renewed
	cas   []issuer
	moved map[string]*x509.Certificate // renewed CAs, by the old one's bytes
}

func (r *renewer) run() error {
	r.moved = map[string]*x509.Certificate{}
	for _, ca := range []string{"ca", "tlsca"} {
		if err := r.renewCA(filepath.Join(r.dir, ca)); err != nil {
			return err
		}
	}
	return filepath.WalkDir(r.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".pem") && !strings.HasSuffix(path, ".crt") {
			return err
		}
		return r.renewFile(path)
	})
}

// renewCA decides on a CA; the files that hold it are replaced with the others.
func (r *renewer) renewCA(dir string) error {
	files, err := filepath.Glob(filepath.Join(dir, "*-cert.pem"))
	if err != nil || len(files) != 1 {
		return errors.Join(err, errors.New(dir+" does not hold one certificate"))
	}
	ca, err := readIssuer(files[0], filepath.Join(dir, "priv_sk"))
	if err != nil {
		return err
	}
	if r.all || due(ca.certificate, r.lives.CA, r.now) {
		fresh, err := longer(ca.certificate, ca.certificate, ca.key, r.now.Add(r.lives.CA))
		if err != nil {
			return err
		}
		r.moved[string(ca.certificate.Raw)] = fresh
		ca.certificate = fresh
		r.done.CAs = true
	}
	r.cas = append(r.cas, ca)
	return nil
}

func (r *renewer) renewFile(path string) error {
	old, err := readCertificate(path)
	if err != nil {
		return err
	}
	fresh := r.moved[string(old.Raw)]
	if fresh == nil && !old.IsCA && (r.all || due(old, r.lives.Node, r.now)) {
		if fresh, err = r.reissue(old); err != nil {
			return err
		}
	}
	if fresh == nil {
		return nil
	}
	r.done.Files = append(r.done.Files, path)
	return replace(path, 0o600, asPEM(fresh))
}

func (r *renewer) reissue(old *x509.Certificate) (*x509.Certificate, error) {
	for _, ca := range r.cas {
		if old.CheckSignatureFrom(ca.certificate) == nil {
			return longer(old, ca.certificate, ca.key, r.now.Add(r.lives.Node))
		}
	}
	return nil, errors.New("none of the organisation's CAs has issued " + old.Subject.CommonName)
}

// Affected are the processes that must start again to use what was renewed, in an
// order in which the network goes on where it has more than one of a kind.
func (n *Network) Affected(r Renewed) []string {
	if len(r.Files) == 0 {
		return nil
	}
	var names []string
	for _, o := range n.Topology.Orderers {
		names = append(names, o.Name)
	}
	for _, o := range n.Topology.Orgs {
		names = append(names, o.Peer())
	}
	return append(names, "ca")
}

// caFiles are the certificates of an organisation's two CAs.
func (n *Network) caFiles(o topology.Org, dir string) []string {
	return []string{
		filepath.Join(dir, "ca", "ca."+o.Domain+"-cert.pem"),
		filepath.Join(dir, "tlsca", "tlsca."+o.Domain+"-cert.pem"),
	}
}
