#!/usr/bin/env bash
# fabric-contract-api-go requires the fields that Go's JSON leaves out
#
# One would guess: a struct field with `json:"author,omitempty"` may be absent from a transaction's argument and from its answer.
# What happens: the schema that the contract API derives lists the field as required. A caller that leaves it out is refused, and,
#   worse, a transaction that succeeded fails while its own answer is written, whenever the field happens to be empty.
#   `metadata:",optional"` beside the json tag frees it. Also seen: an empty string for an int argument arrives as 0, and arguments
#   beyond those of the function are dropped, both without an error.
# Version: fabric-contract-api-go v2.2.2, fabric-chaincode-go v2.3.1-0.20260319210430-56968fdc7833.
# Source: this run, which calls the contract as the peer does, without a network.
# Why it matters here: the contract (chaincode/contract) takes and gives one JSON text and checks it by its own rules.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > main.go <<'GO'
package main

import (
	"fmt"
	"strings"

	"github.com/hyperledger/fabric-chaincode-go/v2/shim"
	"github.com/hyperledger/fabric-contract-api-go/v2/contractapi"
)

type Note struct {
	Text   string `json:"text"`
	Author string `json:"author,omitempty"`
}

type Freed struct {
	Text   string `json:"text"`
	Author string `json:"author,omitempty" metadata:",optional"`
}

type Notes struct{ contractapi.Contract }

func (Notes) Write(Note) string         { return "written" }
func (Notes) WriteFreed(Freed) string   { return "written" }
func (Notes) Read() Note                { return Note{Text: "answer"} }
func (Notes) Count(n int) int           { return n }
func (Notes) Two(a, b string) string    { return a + b }

// call carries a function's name and arguments, as the peer does.
type call struct {
	shim.ChaincodeStubInterface
	words []string
}

func (c call) GetFunctionAndParameters() (string, []string) { return c.words[0], c.words[1:] }
func (c call) GetTxID() string                              { return "tx" }
func (c call) GetChannelID() string                         { return "channel" }
func (c call) GetCreator() ([]byte, error)                  { return nil, nil }

func main() {
	notes, err := contractapi.NewChaincode(&Notes{})
	if err != nil {
		panic(err)
	}
	for _, words := range [][]string{
		{"Write", `{"text":"hello"}`}, {"WriteFreed", `{"text":"hello"}`}, {"Read"}, {"Count", ""}, {"Two", "a", "b", "surplus"},
	} {
		r := notes.Invoke(call{words: words})
		fmt.Printf("%s %d %s%s\n", words[0], r.Status, strings.Join(strings.Fields(r.Message), " "), r.Payload)
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/hyperledger/fabric-contract-api-go/v2@v2.2.2 \
  github.com/hyperledger/fabric-chaincode-go/v2@v2.3.1-0.20260319210430-56968fdc7833 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go list -m github.com/hyperledger/fabric-contract-api-go/v2
seen=$(go run .)
echo "$seen"
diff - <(echo "$seen") <<'EXPECTED' || { echo "this has changed"; exit 1; }
Write 500 error managing parameter param0. value did not match schema: 1. param0: author is required
WriteFreed 200 written
Read 500 error handling success response. value did not match schema: 1. return: author is required
Count 200 0
Two 200 ab
EXPECTED
