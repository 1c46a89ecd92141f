package fabric

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/touchstone-trace/touchstone/network/topology"
	"golang.org/x/sync/errgroup"
)

// Join makes every orderer and peer a member of the channel, and returns when
// the orderers have a leader.
func (n *Network) Join(ctx context.Context) error {
	var orderers, peers errgroup.Group
	for _, o := range n.Topology.Orderers {
		orderers.Go(func() error { return n.joinOrderer(ctx, o) })
	}
	if err := orderers.Wait(); err != nil {
		return err
	}
	for _, o := range n.Topology.Orgs {
		peers.Go(func() error { return n.joinPeer(ctx, o) })
	}
	if err := peers.Wait(); err != nil {
		return err
	}
	return until(ctx, "the orderers have no leader", n.hasLeader)
}

func (n *Network) joinPeer(ctx context.Context, o topology.Org) error {
	if h, err := n.health(ctx, o.Peer(), n.peerOps(o)); err != nil || h.Joined {
		return err
	}
	n.Log.Info("joining the channel", "peer", o.Peer())
	_, err := n.Peer(ctx, o, "channel", "join", "-b", n.Folder.Genesis())
	if failed := new(commandError); errors.As(err, &failed) && failed.mentions("already exists with state [ACTIVE]") {
		return nil // a member that was still opening its ledger when we looked
	}
	return err
}

// joinOrderer uses the orderer's channel participation API.
func (n *Network) joinOrderer(ctx context.Context, o topology.Orderer) error {
	if h, err := n.health(ctx, o.Name, n.ordererOps(o)); err != nil || h.Joined {
		return err
	}
	n.Log.Info("joining the channel", "orderer", o.Name)
	client, err := n.participation()
	if err != nil {
		return err
	}
	body, kind, err := n.joinRequest()
	if err != nil {
		return err
	}
	url := "https://" + topology.Address(n.Topology.OrdererAdminPort(o)) + "/participation/v1/channels"
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, body)
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", kind)
	response, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("join %s: %w", o.Name, err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusCreated {
		reason, _ := io.ReadAll(io.LimitReader(response.Body, 4096))
		return fmt.Errorf("join %s: %s: %s", o.Name, response.Status, bytes.TrimSpace(reason))
	}
	return nil
}

// joinRequest is the multipart form that carries the channel's first block.
func (n *Network) joinRequest() (body io.Reader, contentType string, err error) {
	block, err := os.ReadFile(n.Folder.Genesis())
	if err != nil {
		return nil, "", err
	}
	var form bytes.Buffer
	writer := multipart.NewWriter(&form)
	part, err := writer.CreateFormFile("config-block", "config.block")
	if err != nil {
		return nil, "", err
	}
	if _, err := part.Write(block); err != nil {
		return nil, "", err
	}
	return &form, writer.FormDataContentType(), writer.Close()
}

// participation is a client that shows the orderer administrator's certificate.
func (n *Network) participation() (*http.Client, error) {
	admin := filepath.Join(n.Folder.OrdererAdmin(n.Topology.OrdererOrg), "tls")
	certificate, err := tls.LoadX509KeyPair(filepath.Join(admin, "client.crt"), filepath.Join(admin, "client.key"))
	if err != nil {
		return nil, err
	}
	ca, err := os.ReadFile(filepath.Join(admin, "ca.crt"))
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(ca)
	config := &tls.Config{Certificates: []tls.Certificate{certificate}, RootCAs: roots}
	return &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{TLSClientConfig: config}}, nil
}

func (n *Network) hasLeader(ctx context.Context) error {
	for _, o := range n.Topology.Orderers {
		if h, err := n.health(ctx, o.Name, n.ordererOps(o)); err == nil && h.Leads {
			return nil
		}
	}
	return fmt.Errorf("none of them says it leads")
}

// until calls try until it succeeds or the context ends.
func until(ctx context.Context, complaint string, try func(context.Context) error) error {
	for {
		err := try(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s: %w (%w)", complaint, err, context.Cause(ctx))
		case <-time.After(100 * time.Millisecond):
		}
	}
}
