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

// Prepare writes the configuration, and for a new network what must never
// change again: certificates, secrets, the channel's first block, the package.
//
// A bring-up that did not reach Finish starts over, because Fabric cannot open
// a database whose very creation was interrupted; nobody has used such a
// network yet. From Finish on nothing is ever removed.
func (n *Network) Prepare(ctx context.Context) error {
	fresh, err := n.startOver()
	if err != nil {
		return err
	}
	if fresh {
		if err := n.makeSecrets(); err != nil {
			return err
		}
	}
	if err := n.render(); err != nil || !fresh {
		return err
	}
	return n.make(ctx)
}

// Finish marks the network as complete.
func (n *Network) Finish() error {
	if err := os.Remove(n.unfinished()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return syncFolder(filepath.Dir(string(n.Folder)))
}

// unfinished is a file that exists from the beginning of a bring-up to its end.
func (n *Network) unfinished() string { return string(n.Folder) + ".unfinished" }

// startOver clears the folder of a network that is new or was never finished,
// and answers whether it did.
func (n *Network) startOver() (bool, error) {
	if exists(string(n.Folder)) && !exists(n.unfinished()) {
		return false, nil
	}
	if err := os.WriteFile(n.unfinished(), nil, 0o600); err != nil {
		return false, err
	}
	return true, errors.Join(os.RemoveAll(string(n.Folder)), os.MkdirAll(string(n.Folder), 0o700))
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// make makes the certificates, the channel's first block and the package.
func (n *Network) make(ctx context.Context) error {
	if err := n.command(
		ctx, "cryptogen", "generate", "--config", n.Folder.CryptoConfig(), "--output", n.Folder.Crypto(),
	); err != nil {
		return err
	}
	if err := n.command(ctx, "configtxgen", "-configPath", n.Folder.ConfigtxDir(), "-profile", render.Profile,
		"-channelID", n.Topology.Channel, "-outputBlock", n.Folder.Genesis()); err != nil {
		return err
	}
	packaged, err := render.ChaincodePackage(n.Topology.Chaincode)
	if err != nil {
		return err
	}
	return replace(n.Folder.Package(), 0o600, packaged)
}

// makeSecrets makes the registrars' passwords.
func (n *Network) makeSecrets() error {
	for _, o := range n.Topology.Orgs {
		if err := replace(n.Folder.RegistrarSecret(o), 0o600, []byte(rand.Text())); err != nil {
			return err
		}
	}
	return nil
}

// render writes the configuration. It is written anew at every start, so that a
// newer version of Touchstone may change what the topology does not fix.
func (n *Network) render() error {
	secrets := map[string]string{}
	for _, o := range n.Topology.Orgs {
		content, err := os.ReadFile(n.Folder.RegistrarSecret(o))
		if err != nil {
			return err
		}
		secrets[o.Name] = string(content)
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
	return nil
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

// syncFolder makes a change in a folder survive a power failure.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
