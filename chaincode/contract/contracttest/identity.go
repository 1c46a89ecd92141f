package contracttest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"math/big"
	"time"

	"github.com/hyperledger/fabric-chaincode-go/v2/pkg/attrmgr"
	"github.com/hyperledger/fabric-protos-go-apiv2/msp"
	"google.golang.org/protobuf/proto"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
)

// Operator are the attributes of an operator of the platform.
var Operator = map[string]string{trace.PlatformAttribute: "true"}

// Enrol makes a throwaway certificate with a common name and attributes, as Fabric CA
// does, and gives its holder as a transaction's creator. It panics where it cannot.
func Enrol(mspID, name string, attributes map[string]string) []byte {
	value, err := json.Marshal(map[string]any{"attrs": attributes})
	must(err)
	secret, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		ExtraExtensions: []pkix.Extension{{Id: attrmgr.AttrOID, Value: value}}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &secret.PublicKey, secret)
	must(err)
	return Identify(mspID, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

// Member gives somebody enrolled by his name alone; "platform" is an operator.
func Member(mspID, name string) []byte {
	if name == "platform" {
		return Enrol(mspID, name, Operator)
	}
	return Enrol(mspID, name, nil)
}

// Identify gives the holder of a certificate, whatever that is, as a transaction's creator.
func Identify(mspID string, certificate []byte) []byte {
	creator, err := proto.Marshal(&msp.SerializedIdentity{Mspid: mspID, IdBytes: certificate})
	must(err)
	return creator
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
