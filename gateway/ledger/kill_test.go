package ledger_test

import (
	"bufio"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/enrol"
	"github.com/touchstone-trace/touchstone/gateway/ledger"
	"github.com/touchstone-trace/touchstone/gateway/projector"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/store"
	"github.com/touchstone-trace/touchstone/gateway/store/storetest"
	"github.com/touchstone-trace/touchstone/network/networktest"
	"github.com/touchstone-trace/touchstone/network/topology"
)

// victims die by kill -9, one after the other, under load.
var victims = []string{
	"gateway",
	"postgres",
	"peer-platform",
	"orderer1",
	"gateway",
	"peer-producer",
	"postgres",
	"gateway",
	"orderer1",
	"peer-auditor",
	"gateway",
}

// Whatever dies in the middle of a load of registrations and sales: no
// acknowledged write is missing, no outcome stays unknown, and the read model is
// what a rebuild from block 0 gives.
func TestKillAnything(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute")
	}
	n := networktest.Start(t, networktest.Options{Postgres: true})
	w := newWorldOn(t, n, storetest.Open(t, n.DSN))
	g := w.startGateway()
	for _, victim := range victims {
		time.Sleep(time.Second + rand.N(2*time.Second))
		t.Log("kill -9", victim)
		if victim == "gateway" {
			g.kill()
			g = w.startGateway(g.acknowledged...)
			continue
		}
		w.Kill(victim)
	}
	time.Sleep(5 * time.Second)
	g.kill()
	w.background(
		(&ledger.Resolver{Client: w.client, Source: w.store, Overdue: time.Millisecond, Every: 200 * time.Millisecond}).Run,
	)
	w.allSettled()
	rebuilds(t, w)
	if len(g.acknowledged) < 20 {
		t.Errorf("only %d writes were acknowledged", len(g.acknowledged))
	}
	for _, txID := range g.acknowledged {
		if o, found, err := w.store.Outcome(t.Context(), txID); err != nil || !found || !o.Written() {
			t.Errorf("acknowledged transaction %s: %+v, %t, %v", txID, o, found, err)
		}
	}
	t.Logf("%d writes acknowledged", len(g.acknowledged))
}

func (w *world) allSettled() {
	w.t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); ; time.Sleep(200 * time.Millisecond) {
		open, err := w.store.Unsettled(w.t.Context(), time.Now(), 10)
		if err == nil && len(open) == 0 {
			return
		}
		if time.Now().After(deadline) {
			w.t.Fatalf("unsettled: %+v, %v", open, err)
		}
	}
}

// gatewayProcess is a process of its own with a gateway's core and a load in it.
type gatewayProcess struct {
	cmd          *exec.Cmd
	read         sync.WaitGroup
	acknowledged []string // transaction ids that it printed
}

const childVariable = "TOUCHSTONE_TEST_GATEWAY"

type childConfig struct{ Profile, DSN, Key string }

func (w *world) startGateway(acknowledged ...string) *gatewayProcess {
	config, err := json.Marshal(childConfig{w.ProfileFile(), w.DSN, hex.EncodeToString(w.key)})
	if err != nil {
		w.t.Fatal(err)
	}
	g := &gatewayProcess{cmd: exec.Command(os.Args[0]), acknowledged: acknowledged}
	g.cmd.Env = append(os.Environ(), childVariable+"="+string(config))
	g.cmd.Stderr = w.t.Output()
	out, err := g.cmd.StdoutPipe()
	if err == nil {
		err = g.cmd.Start()
	}
	if err != nil {
		w.t.Fatal(err)
	}
	g.read.Go(func() { g.collect(out) })
	w.t.Cleanup(func() { g.cmd.Process.Kill() })
	return g
}

// collect takes whole lines: the last one may have been cut off.
func (g *gatewayProcess) collect(out io.Reader) {
	for r := bufio.NewReader(out); ; {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		g.acknowledged = append(g.acknowledged, strings.TrimSpace(line))
	}
}

func (g *gatewayProcess) kill() {
	g.cmd.Process.Kill()
	g.read.Wait()
	g.cmd.Wait()
}

// child is the gateway process: it never returns unless it cannot begin.
func child(text string) error {
	var config childConfig
	if err := json.Unmarshal([]byte(text), &config); err != nil {
		return err
	}
	key, err := hex.DecodeString(config.Key)
	if err != nil {
		return err
	}
	content, err := os.ReadFile(config.Profile)
	if err != nil {
		return err
	}
	var profile topology.Profile
	if err := json.Unmarshal(content, &profile); err != nil {
		return err
	}
	s, err := store.Open(config.DSN)
	if err != nil {
		return err
	}
	wallet, err := enrol.Open(enrol.Options{Profile: profile, Vault: s, Key: key})
	if err != nil {
		return err
	}
	client, err := ledger.Dial(
		ledger.Options{Profile: profile, Reader: "operator", Journal: s, Signers: signersOf(wallet)},
	)
	if err != nil {
		return err
	}
	p := projector.New(
		projector.Options{
			Channel:   profile.Channel,
			Chaincode: profile.Chaincode,
			Source:    client,
			ReadModel: s,
			Log:       slog.Default(),
		},
	)
	ctx := context.Background()
	go p.Run(ctx)
	go (&ledger.Resolver{Client: client, Source: s, Overdue: 5 * time.Second, Every: time.Second}).Run(ctx)
	var load sync.WaitGroup
	for worker := range 4 {
		load.Go(func() { write(ctx, client, worker) })
	}
	load.Wait()
	return errors.New("the load has ended")
}

// write registers batches and sells of them for ever, and prints the id of each
// transaction that is acknowledged.
func write(ctx context.Context, client *ledger.Client, worker int) {
	for i := 0; ; i++ {
		lot := fmt.Sprintf("K%d-%d-%d", os.Getpid(), worker, i)
		for _, call := range []record.Call{
			{Party: "maker", Transaction: trace.RegisterBatch, Request: batch(lot, 10)},
			{Party: "maker", Transaction: trace.Dispatch, Request: trace.DispatchRequest{ID: "SHIP-" + lot, To: "shop", Lines: []trace.Line{{GTIN: gtin, Lot: lot, From: 2, Count: 5}}}},
			{Party: "shop", Transaction: trace.Receive, Request: trace.ReceiveRequest{ID: "SHIP-" + lot}},
			{Party: "shop", Transaction: trace.Sell, Request: trace.SellRequest{Lines: []trace.Line{{GTIN: gtin, Lot: lot, From: 3, Count: 2}}}},
		} {
			receipt, err := client.Submit(ctx, call)
			if err != nil {
				slog.Info("not acknowledged", "transaction", call.Transaction, "error", err)
				time.Sleep(100 * time.Millisecond)
				break
			}
			fmt.Println(receipt.TxID)
		}
	}
}
