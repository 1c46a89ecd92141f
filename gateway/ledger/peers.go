package ledger

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"sync/atomic"
	"time"

	"github.com/hyperledger/fabric-gateway/pkg/client"
	"github.com/hyperledger/fabric-gateway/pkg/identity"
	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/status"

	"github.com/touchstone-trace/touchstone/network/topology"
)

// peer is one organisation's peer, with the one connection that all parties share.
type peer struct {
	org  topology.OrgProfile
	conn *grpc.ClientConn
}

const (
	maxBlockSize = 128 << 20
	// keepalivePause is above the 60 s that a peer insists on between pings.
	keepalivePause = 75 * time.Second
)

func dial(org topology.OrgProfile) (*peer, error) {
	pem, err := os.ReadFile(org.Gateway.TLSCAFile)
	if err != nil {
		return nil, fmt.Errorf("TLS certificate of %s's peer: %w", org.Name, err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%s holds no PEM certificate", org.Gateway.TLSCAFile)
	}
	conn, err := grpc.NewClient("passthrough:///"+org.Gateway.Address,
		grpc.WithTransportCredentials(credentials.NewTLS(&tls.Config{RootCAs: roots, ServerName: org.Gateway.TLSHost, MinVersion: tls.VersionTLS12})),
		grpc.WithKeepaliveParams(keepalive.ClientParameters{Time: keepalivePause}),
		grpc.WithConnectParams(grpc.ConnectParams{MinConnectTimeout: 3 * time.Second,
			Backoff: backoff.Config{BaseDelay: 100 * time.Millisecond, Multiplier: 1.6, Jitter: 0.2, MaxDelay: 2 * time.Second}}),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(maxBlockSize)))
	if err != nil {
		return nil, fmt.Errorf("peer of %s at %s: %w", org.Name, org.Gateway.Address, err)
	}
	return &peer{org, conn}, nil
}

// as speaks to the peer as an identity. The caller closes the gateway.
func (p *peer) as(id Identity) (*client.Gateway, error) {
	who, err := identity.NewX509Identity(id.MSP, id.Certificate)
	if err != nil {
		return nil, err
	}
	sign, err := identity.NewPrivateKeySign(id.Key)
	if err != nil {
		return nil, err
	}
	return client.Connect(who, client.WithSign(sign), client.WithClientConnection(p.conn))
}

// peers are all organisations' peers. Calls go to the one that answered last;
// its place is taken by the next when it does not, or is known not to answer.
type peers struct {
	all       []*peer
	preferred atomic.Int64
	standing  standing
}

var errNoPeer = errors.New("no peer answers")

// try calls peers in turn until one can serve the call, those that are out last.
// A call under way ends when a peer goes out, for it may be waiting for that one.
// Where none can, the error is the first one's.
func (p *peers) try(ctx context.Context, id Identity, call func(context.Context, *peer, *client.Gateway) error) error {
	failed := errNoPeer
	tried := map[int]bool{}
	for range p.all {
		at := p.next(tried)
		tried[at] = true
		err := p.attentively(ctx, p.all[at], id, call)
		if !elsewhere(err) {
			p.preferred.Store(int64(at))
			return err
		}
		if errors.Is(failed, errNoPeer) {
			failed = err
		}
		if ctx.Err() != nil {
			break
		}
	}
	return failed
}

func (p *peers) attentively(ctx context.Context, at *peer, id Identity, call func(context.Context, *peer, *client.Gateway) error) error {
	ctx, leave := p.standing.with(ctx)
	defer leave()
	err := p.one(at, id, func(_ *peer, gw *client.Gateway) error { return call(ctx, at, gw) })
	if err != nil && errors.Is(context.Cause(ctx), ErrPassedOver) {
		return status.Error(codes.Unavailable, ErrPassedOver.Error())
	}
	return err
}

// next is the place of the peer to try next.
func (p *peers) next(tried map[int]bool) int {
	order := p.order()
	for _, at := range order {
		if !tried[at] {
			return at
		}
	}
	return order[0]
}

// order is the places of the peers, those that are out last.
func (p *peers) order() []int {
	first := int(p.preferred.Load())
	var up, out []int
	for i := range p.all {
		at := (first + i) % len(p.all)
		if p.standing.out(at) {
			out = append(out, at)
		} else {
			up = append(up, at)
		}
	}
	return append(up, out...)
}

func (p *peers) one(at *peer, id Identity, call func(*peer, *client.Gateway) error) error {
	gw, err := at.as(id)
	if err != nil {
		return err
	}
	defer gw.Close()
	return call(at, gw)
}

// elsewhere reports whether another peer may do what this one did not.
func elsewhere(err error) bool {
	switch status.Code(err) {
	case codes.Unavailable, codes.FailedPrecondition, codes.DeadlineExceeded, codes.ResourceExhausted, codes.Internal:
		return true
	default:
		return false
	}
}
