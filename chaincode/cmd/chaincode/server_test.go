package main

import (
	"context"
	"testing"
	"time"

	"github.com/hyperledger/fabric-protos-go-apiv2/peer"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/protobuf/proto"
)

// start serves on a free port; stop ends it as SIGTERM does and gives its error.
func start(t *testing.T) (conn *grpc.ClientConn, stop func() error) {
	s, err := listen(config{Address: "127.0.0.1:0", ID: "touchstone_1:abc"})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.serve(ctx) }()
	conn, err = grpc.NewClient(s.address(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn, func() error {
		cancel()
		select {
		case err := <-done:
			return err
		case <-time.After(10 * time.Second):
			return context.DeadlineExceeded
		}
	}
}

func TestServesThePeer(t *testing.T) {
	conn, stop := start(t)
	stream, err := peer.NewChaincodeClient(conn).Connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	hello, err := stream.Recv()
	if err != nil {
		t.Fatal(err)
	}
	var id peer.ChaincodeID
	if err := proto.Unmarshal(hello.Payload, &id); err != nil {
		t.Fatal(err)
	}
	if hello.Type != peer.ChaincodeMessage_REGISTER || id.Name != "touchstone_1:abc" {
		t.Errorf("the chaincode says %s %q", hello.Type, id.Name)
	}
	if err := stop(); err != nil {
		t.Errorf("stopped with %v while a peer is connected", err)
	}
}

func TestSaysItIsHealthy(t *testing.T) {
	conn, stop := start(t)
	r, err := grpc_health_v1.NewHealthClient(conn).Check(t.Context(), &grpc_health_v1.HealthCheckRequest{})
	if err != nil || r.Status != grpc_health_v1.HealthCheckResponse_SERVING {
		t.Errorf("health %v: %v", r, err)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}

func TestRefusesToStart(t *testing.T) {
	t.Setenv("CHAINCODE_SERVER_ADDRESS", "127.0.0.1:0")
	t.Setenv("CHAINCODE_ID", "")
	if err := run(t.Context()); err == nil {
		t.Error("runs without CHAINCODE_ID")
	}
	if _, err := listen(config{Address: "127.0.0.1:no-port", ID: "x"}); err == nil {
		t.Error("listens on no port")
	}
}
