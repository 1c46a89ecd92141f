package main

import (
	"context"
	"net"
	"time"

	"github.com/hyperledger/fabric-chaincode-go/v2/shim"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"
	"google.golang.org/grpc"
	"google.golang.org/grpc/health"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/keepalive"

	"github.com/touchstone-trace/touchstone/chaincode/contract"
)

const (
	maxMessage = 100 << 20        // as in Fabric's peer
	drain      = 2 * time.Second  // for transactions under way when stopping
	pingAfter  = time.Minute      // to find a peer that is gone
	pingWait   = 20 * time.Second // for its answer
)

// server answers a peer's calls, and gRPC health checks for whoever supervises it.
type server struct {
	listener net.Listener
	grpc     *grpc.Server
	health   *health.Server
}

// listen makes a server that is bound to its port and does not serve yet.
func listen(cfg config) (*server, error) {
	cc, err := contract.New(time.Now)
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", cfg.Address)
	if err != nil {
		return nil, err
	}
	s := &server{listener: listener, health: health.NewServer(), grpc: grpc.NewServer(
		grpc.MaxRecvMsgSize(maxMessage), grpc.MaxSendMsgSize(maxMessage),
		grpc.KeepaliveParams(keepalive.ServerParameters{Time: pingAfter, Timeout: pingWait}),
		grpc.KeepaliveEnforcementPolicy(keepalive.EnforcementPolicy{MinTime: pingAfter, PermitWithoutStream: true}))}
	peer.RegisterChaincodeServer(s.grpc, &shim.ChaincodeServer{CCID: cfg.ID, CC: cc})
	grpc_health_v1.RegisterHealthServer(s.grpc, s.health)
	return s, nil
}

func (s *server) address() string { return s.listener.Addr().String() }

// serve runs until the context ends, then lets transactions under way finish.
// The peer never ends its stream by itself, so the wait is bounded.
func (s *server) serve(ctx context.Context) error {
	stopped := context.AfterFunc(ctx, func() {
		s.health.Shutdown()
		timer := time.AfterFunc(drain, s.grpc.Stop)
		defer timer.Stop()
		s.grpc.GracefulStop()
	})
	defer stopped()
	return s.grpc.Serve(s.listener)
}
