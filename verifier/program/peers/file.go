package peers

import (
	"context"
	"crypto/ecdsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/hyperledger/fabric-gateway/pkg/identity"
)

// file is an identity as it lies on disk: PEM texts, the key in PKCS #8.
type file struct {
	MSP         string `json:"msp"`
	Certificate string `json:"certificate"`
	Key         string `json:"key"`
}

// Encode gives an identity the form that FromFile reads.
func Encode(id Identity) ([]byte, error) {
	key, err := x509.MarshalPKCS8PrivateKey(id.Key)
	if err != nil {
		return nil, err
	}
	return json.MarshalIndent(file{id.MSP,
		string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: id.Certificate.Raw})),
		string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key}))}, "", "  ")
}

// FromFile reads an identity from a file, again whenever the file is replaced. It
// fails at once where the file cannot be read now.
func FromFile(name string) (Reader, error) {
	r := &fileReader{name: name}
	if _, err := r.identity(context.Background()); err != nil {
		return nil, err
	}
	return r.identity, nil
}

type fileReader struct {
	name string

	mu   sync.Mutex
	read time.Time // when what was read was written
	id   Identity
}

func (r *fileReader) identity(context.Context) (Identity, error) {
	info, err := os.Stat(r.name)
	if err != nil {
		return Identity{}, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if info.ModTime().Equal(r.read) {
		return r.id, nil
	}
	content, err := os.ReadFile(r.name)
	if err != nil {
		return Identity{}, err
	}
	id, err := decode(content)
	if err != nil {
		return Identity{}, fmt.Errorf("%s holds no identity: %w", r.name, err)
	}
	r.id, r.read = id, info.ModTime()
	return id, nil
}

// decode never quotes what it reads: it holds a key.
func decode(content []byte) (Identity, error) {
	var f file
	if json.Unmarshal(content, &f) != nil || f.MSP == "" {
		return Identity{}, errors.New("not the JSON that \"gateway reader\" writes")
	}
	certificate, err := identity.CertificateFromPEM([]byte(f.Certificate))
	if err != nil {
		return Identity{}, errors.New("no certificate in it")
	}
	any, err := identity.PrivateKeyFromPEM([]byte(f.Key))
	key, ok := any.(*ecdsa.PrivateKey)
	if err != nil || !ok {
		return Identity{}, errors.New("no ECDSA key in it")
	}
	return Identity{f.MSP, certificate, key}, nil
}
