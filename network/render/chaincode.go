package render

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"github.com/touchstone-trace/touchstone/network/topology"
)

// ChaincodePackage is a package for chaincode as a service. It holds no
// program and no address, so every organisation installs the same one and its
// id stays the same when the chaincode is rebuilt.
func ChaincodePackage(c topology.Chaincode) ([]byte, error) {
	connection, err := json.Marshal(
		map[string]any{"address": "{{.address}}", "dial_timeout": "10s", "tls_required": false},
	)
	if err != nil {
		return nil, err
	}
	metadata, err := json.Marshal(map[string]string{"path": "", "type": "ccaas", "label": c.Label()})
	if err != nil {
		return nil, err
	}
	code, err := tarball(entry{"connection.json", connection})
	if err != nil {
		return nil, err
	}
	return tarball(entry{"metadata.json", metadata}, entry{"code.tar.gz", code})
}

// PackageID is the id under which peers know a package: its label and the hash
// of its bytes.
func PackageID(c topology.Chaincode, packaged []byte) string {
	return fmt.Sprintf("%s:%x", c.Label(), sha256.Sum256(packaged))
}

type entry struct {
	name    string
	content []byte
}

// tarball is a gzipped tar of files without times or owners.
func tarball(entries ...entry) ([]byte, error) {
	var out bytes.Buffer
	zipped := gzip.NewWriter(&out)
	archive := tar.NewWriter(zipped)
	for _, e := range entries {
		if err := archive.WriteHeader(&tar.Header{Name: e.name, Mode: 0o644, Size: int64(len(e.content))}); err != nil {
			return nil, err
		}
		if _, err := archive.Write(e.content); err != nil {
			return nil, err
		}
	}
	if err := archive.Close(); err != nil {
		return nil, err
	}
	err := zipped.Close()
	return out.Bytes(), err
}
