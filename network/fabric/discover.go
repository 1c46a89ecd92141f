package fabric

import (
	"context"
	"path/filepath"

	"github.com/touchstone-trace/touchstone/network/topology"
)

// Serve returns when every organisation's peer knows enough other peers to have
// a transaction endorsed. Until then its gateway service refuses; peers learn
// of each other within seconds of their start.
func (n *Network) Serve(ctx context.Context) error {
	return n.each(func(o topology.Org) error {
		return until(ctx, o.Peer()+" does not find enough endorsers", func(ctx context.Context) error {
			return n.findsEndorsers(ctx, o)
		})
	})
}

// findsEndorsers asks a peer's discovery service.
func (n *Network) findsEndorsers(ctx context.Context, o topology.Org) error {
	admin := filepath.Join(n.Folder.Admin(o), "msp")
	_, err := n.output(ctx, "discover", n.environment("FABRIC_LOGGING_SPEC=error"),
		"--MSP", o.MSP,
		"--peerTLSCA", filepath.Join(n.Folder.PeerCrypto(o), "tls", "ca.crt"),
		"--userKey", filepath.Join(admin, "keystore", "priv_sk"),
		"--userCert", filepath.Join(admin, "signcerts", "Admin@"+o.Domain+"-cert.pem"),
		"endorsers", "--server", topology.Address(n.Topology.PeerPort(o)),
		"--channel", n.Topology.Channel, "--chaincode", n.Topology.Chaincode.Name)
	return err
}
