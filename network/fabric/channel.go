package fabric

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/x509"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/hyperledger/fabric-config/configtx"
	"github.com/hyperledger/fabric-protos-go-apiv2/common"
	"github.com/hyperledger/fabric-protos-go-apiv2/msp"
	"google.golang.org/protobuf/proto"
)

// RenewChannel puts the CAs' certificates as they are in the network's folder into
// the channel's configuration, in place of those of the same key, and answers
// whether it had to. It must be done before the old ones end, for peers trust
// orderers by them.
func (n *Network) RenewChannel(ctx context.Context) (bool, error) {
	config, err := n.channelConfig(ctx)
	if err != nil {
		return false, err
	}
	tx := configtx.New(config)
	changed, err := n.replaceCAs(tx.UpdatedConfig())
	if err != nil || !changed {
		return false, err
	}
	update, err := tx.ComputeMarshaledUpdate(n.Topology.Channel)
	if err != nil {
		return false, err
	}
	n.Log.Info("putting renewed CAs into the channel", "channel", n.Topology.Channel)
	return true, n.submitUpdate(ctx, update)
}

// channelConfig is the channel's newest configuration, from the orderers.
func (n *Network) channelConfig(ctx context.Context) (*common.Config, error) {
	file := filepath.Join(n.Folder.ConfigtxDir(), "newest.block")
	defer func() { _ = os.Remove(file) }()
	args := append([]string{"channel", "fetch", "config", file, "-c", n.Topology.Channel}, n.ToOrderer()...)
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	// Orderers that were just started again answer once they have a leader.
	err := until(ctx, "fetch the channel's configuration", func(ctx context.Context) error {
		_, err := n.Peer(ctx, n.Topology.Orgs[0], args...)
		return err
	})
	if err != nil {
		return nil, err
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var block common.Block
	if err := proto.Unmarshal(content, &block); err != nil {
		return nil, err
	}
	return configOf(&block)
}

func configOf(block *common.Block) (*common.Config, error) {
	var envelope common.Envelope
	var payload common.Payload
	var config common.ConfigEnvelope
	if len(block.GetData().GetData()) != 1 {
		return nil, fmt.Errorf("block %d holds no configuration", block.GetHeader().GetNumber())
	}
	if err := proto.Unmarshal(block.Data.Data[0], &envelope); err != nil {
		return nil, err
	}
	if err := proto.Unmarshal(envelope.Payload, &payload); err != nil {
		return nil, err
	}
	if err := proto.Unmarshal(payload.Data, &config); err != nil {
		return nil, err
	}
	return config.GetConfig(), nil
}

// replaceCAs changes a configuration and answers whether it did.
func (n *Network) replaceCAs(config *common.Config) (changed bool, err error) {
	groups := config.GetChannelGroup().GetGroups()
	orgs := map[string]map[string]*common.ConfigGroup{n.Topology.OrdererOrg.MSP: groups["Orderer"].GetGroups()}
	files := map[string][]string{
		n.Topology.OrdererOrg.MSP: n.caFiles(n.Topology.OrdererOrg, n.Folder.OrdererOrgCrypto(n.Topology.OrdererOrg)),
	}
	for _, o := range n.Topology.Orgs {
		orgs[o.MSP], files[o.MSP] = groups["Application"].GetGroups(), n.caFiles(o, n.Folder.OrgCrypto(o))
	}
	for id, all := range orgs {
		var cas []*x509.Certificate
		for _, file := range files[id] {
			ca, err := readCertificate(file)
			if err != nil {
				return false, err
			}
			cas = append(cas, ca)
		}
		replaced, err := replaceIn(all[id].GetValues()["MSP"], cas)
		if err != nil {
			return false, fmt.Errorf("the configuration of %s: %w", id, err)
		}
		changed = changed || replaced
	}
	return changed, nil
}

// replaceIn changes one organisation's MSP.
func replaceIn(value *common.ConfigValue, cas []*x509.Certificate) (changed bool, err error) {
	var outer msp.MSPConfig
	var inner msp.FabricMSPConfig
	if err := proto.Unmarshal(value.GetValue(), &outer); err != nil {
		return false, err
	}
	if err := proto.Unmarshal(outer.GetConfig(), &inner); err != nil {
		return false, err
	}
	certificates := append([]*[]byte{}, pointers(inner.RootCerts)...)
	certificates = append(certificates, pointers(inner.TlsRootCerts)...)
	ous := inner.GetFabricNodeOus()
	for _, ou := range []*msp.FabricOUIdentifier{ous.GetClientOuIdentifier(), ous.GetPeerOuIdentifier(), ous.GetAdminOuIdentifier(), ous.GetOrdererOuIdentifier()} {
		if ou != nil && len(ou.Certificate) > 0 {
			certificates = append(certificates, &ou.Certificate)
		}
	}
	for _, c := range certificates {
		old, err := parseCertificate(*c)
		if err != nil {
			return false, err
		}
		for _, ca := range cas {
			if old.PublicKey.(*ecdsa.PublicKey).Equal(ca.PublicKey) && !bytes.Equal(old.Raw, ca.Raw) {
				*c, changed = asPEM(ca), true
			}
		}
	}
	if !changed {
		return false, nil
	}
	if outer.Config, err = proto.Marshal(&inner); err != nil {
		return false, err
	}
	value.Value, err = proto.Marshal(&outer)
	return true, err
}

func pointers(all [][]byte) []*[]byte {
	var to []*[]byte
	for i := range all {
		to = append(to, &all[i])
	}
	return to
}

// submitUpdate has every organisation's administrator sign an update and submits it.
func (n *Network) submitUpdate(ctx context.Context, update []byte) error {
	admins := map[string]string{n.Topology.OrdererOrg.MSP: n.Folder.OrdererAdmin(n.Topology.OrdererOrg)}
	for _, o := range n.Topology.Orgs {
		admins[o.MSP] = n.Folder.Admin(o)
	}
	var signatures []*common.ConfigSignature
	for id, dir := range admins {
		signer, err := adminOf(id, dir)
		if err != nil {
			return err
		}
		signature, err := signer.CreateConfigSignature(update)
		if err != nil {
			return err
		}
		signatures = append(signatures, signature)
	}
	envelope, err := configtx.NewEnvelope(update, signatures...)
	if err != nil {
		return err
	}
	content, err := proto.Marshal(envelope)
	if err != nil {
		return err
	}
	file := filepath.Join(n.Folder.ConfigtxDir(), "update.pb")
	defer func() { _ = os.Remove(file) }()
	if err := replace(file, 0o600, content); err != nil {
		return err
	}
	_, err = n.Peer(
		ctx,
		n.Topology.Orgs[0],
		append([]string{"channel", "update", "-f", file, "-c", n.Topology.Channel}, n.ToOrderer()...)...)
	return err
}

func adminOf(id, dir string) (configtx.SigningIdentity, error) {
	files, err := filepath.Glob(filepath.Join(dir, "msp", "signcerts", "*.pem"))
	if err != nil || len(files) != 1 {
		return configtx.SigningIdentity{}, fmt.Errorf("%s does not hold one administrator's certificate (%w)", dir, err)
	}
	admin, err := readIssuer(files[0], filepath.Join(dir, "msp", "keystore", "priv_sk"))
	return configtx.SigningIdentity{Certificate: admin.certificate, PrivateKey: admin.key, MSPID: id}, err
}
