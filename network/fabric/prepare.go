package fabric

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/touchstone-trace/touchstone/network/render"
)

// Prepare writes the configuration, and makes once what must never change
// again: certificates, secrets, the channel's first block, the package.
func (n *Network) Prepare(ctx context.Context) error {
	secrets, err := n.secrets()
	if err != nil {
		return err
	}
	files, err := render.Files(n.Topology, n.Folder, secrets)
	if err != nil {
		return err
	}
	profile, err := render.ProfileFile(n.Topology, n.Folder)
	if err != nil {
		return err
	}
	for _, f := range append(files, profile) {
		if err := replace(f.Path, f.Mode, f.Content); err != nil {
			return err
		}
	}
	return errors.Join(
		once(n.Folder.Crypto(), func(to string) error {
			return n.command(ctx, "cryptogen", "generate", "--config", n.Folder.CryptoConfig(), "--output", to)
		}),
		once(n.Folder.Genesis(), func(to string) error {
			return n.command(ctx, "configtxgen", "-configPath", n.Folder.ConfigtxDir(), "-profile", render.Profile,
				"-channelID", n.Topology.Channel, "-outputBlock", to)
		}),
		once(n.Folder.Package(), func(to string) error {
			packaged, err := render.ChaincodePackage(n.Topology.Chaincode)
			if err != nil {
				return err
			}
			return os.WriteFile(to, packaged, 0o600)
		}),
	)
}

// secrets answers the registrars' passwords, making the missing ones.
func (n *Network) secrets() (map[string]string, error) {
	secrets := map[string]string{}
	for _, o := range n.Topology.Orgs {
		if err := once(n.Folder.RegistrarSecret(o), newSecret); err != nil {
			return nil, err
		}
		content, err := os.ReadFile(n.Folder.RegistrarSecret(o))
		if err != nil {
			return nil, err
		}
		secrets[o.Name] = string(content)
	}
	return secrets, nil
}

func newSecret(to string) error { return os.WriteFile(to, []byte(rand.Text()), 0o600) }

// once makes a file or folder that does not exist, under another name until it
// is whole.
func once(path string, make func(to string) error) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	partial := path + ".partial"
	if err := os.RemoveAll(partial); err != nil {
		return err
	}
	if err := make(partial); err != nil {
		return err
	}
	return os.Rename(partial, path)
}

// replace writes a file as a whole.
func replace(path string, mode fs.FileMode, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(path+".new", content, mode); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}
