// Package peers reaches the organisations' peers over their gateway service, for
// those who write and those who read: it knows which peers answer, passes over
// those that do not, and reads blocks and the ledger's height.
//
// It writes nothing, and knows nothing of HTTP, SQL, or where identities are kept.
package peers

import (
	"context"
	"crypto/ecdsa"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
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

// Identity signs for somebody.
type Identity struct {
	MSP         string
	Certificate *x509.Certificate
	Key         *ecdsa.PrivateKey
}

// Reader gives the identity that reads.
type Reader func(ctx context.Context) (Identity, error)

// Client reaches all organisations' peers. Calls go to the one that answered last;
// its place is taken by the next when it does not, or is known not to answer.
// It is safe for concurrent use.
type Client struct {
	profile   topology.Profile
	reader    Reader
	log       *slog.Logger
	all       []*peer
	preferred atomic.Int64
	standing  standing
	streams   atomic.Int64 // block streams begun
	stop      context.CancelFunc
}

// Dial prepares the connections and begins to watch the peers; it does not wait
// for one to answer.
func Dial(profile topology.Profile, reader Reader, log *slog.Logger) (*Client, error) {
	if len(profile.Orgs) == 0 {
		return nil, errors.New("the connection profile names no organisation")
	}
	ctx, stop := context.WithCancel(context.Background())
	c := &Client{profile: profile, reader: reader, log: log, stop: stop}
	for _, org := range profile.Orgs {
		p, err := dial(org)
		if err != nil {
			return nil, errors.Join(err, c.Close())
		}
		c.all = append(c.all, p)
	}
	c.standing = standing{misses: make([]int, len(c.all)), changed: make(chan struct{})}
	for at := range c.all {
		go c.watch(ctx, at)
	}
	return c, nil
}

// Close ends the connections.
func (c *Client) Close() error {
	c.stop()
	var errs []error
	for _, p := range c.all {
		errs = append(errs, p.conn.Close())
	}
	return errors.Join(errs...)
}

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
	conn, err := grpc.NewClient(
		"passthrough:///"+org.Gateway.Address,
		grpc.WithTransportCredentials(
			credentials.NewTLS(
				&tls.Config{RootCAs: roots, ServerName: org.Gateway.TLSHost, MinVersion: tls.VersionTLS12},
			),
		),
		grpc.WithKeepaliveParams(keepalive.ClientParameters{Time: keepalivePause}),
		grpc.WithConnectParams(grpc.ConnectParams{
			MinConnectTimeout: 3 * time.Second,
			Backoff: backoff.Config{
				BaseDelay:  100 * time.Millisecond,
				Multiplier: 1.6,
				Jitter:     0.2,
				MaxDelay:   2 * time.Second,
			},
		}),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(maxBlockSize)),
	)
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

var errNoPeer = errors.New("no peer answers")

// Call speaks to an organisation's peer.
type Call func(ctx context.Context, org topology.OrgProfile, gw *client.Gateway) error

// Ask calls peers in turn until one can serve the call, those that are out last.
// A call under way ends when a peer goes out, for it may be waiting for that one.
// Where none can, the error is the first one's.
func (c *Client) Ask(ctx context.Context, id Identity, call Call) error {
	failed := errNoPeer
	tried := map[int]bool{}
	for range c.all {
		at := c.next(tried)
		tried[at] = true
		err := c.attentively(ctx, c.all[at], id, call)
		if !Elsewhere(err) {
			c.preferred.Store(int64(at))
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

func (c *Client) attentively(ctx context.Context, at *peer, id Identity, call Call) error {
	ctx, leave := c.standing.with(ctx)
	defer leave()
	err := at.one(ctx, id, call)
	if err != nil && errors.Is(context.Cause(ctx), ErrPassedOver) {
		return status.Error(codes.Unavailable, ErrPassedOver.Error())
	}
	return err
}

// next is the place of the peer to try next.
func (c *Client) next(tried map[int]bool) int {
	order := c.order()
	for _, at := range order {
		if !tried[at] {
			return at
		}
	}
	return order[0]
}

// order is the places of the peers, those that are out last.
func (c *Client) order() []int {
	first := int(c.preferred.Load())
	var up, out []int
	for i := range c.all {
		at := (first + i) % len(c.all)
		if c.standing.out(at) {
			out = append(out, at)
		} else {
			up = append(up, at)
		}
	}
	return append(up, out...)
}

func (p *peer) one(ctx context.Context, id Identity, call Call) error {
	gw, err := p.as(id)
	if err != nil {
		return err
	}
	defer gw.Close()
	return call(ctx, p.org, gw)
}

// Each calls every peer once, all at the same time, and waits for all. What a
// call has to say it keeps itself, by the peer's place in the profile.
func (c *Client) Each(
	ctx context.Context, id Identity, call func(ctx context.Context, at int, gw *client.Gateway, err error),
) {
	var asked sync.WaitGroup
	for at, p := range c.all {
		asked.Go(func() {
			gw, err := p.as(id)
			if err == nil {
				defer gw.Close()
			}
			call(ctx, at, gw, err)
		})
	}
	asked.Wait()
}

// Elsewhere reports whether another peer may do what this one did not.
func Elsewhere(err error) bool {
	switch status.Code(err) {
	case codes.Unavailable, codes.FailedPrecondition, codes.DeadlineExceeded, codes.ResourceExhausted, codes.Internal:
		return true
	default:
		return false
	}
}
