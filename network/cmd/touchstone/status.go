package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"text/tabwriter"
	"time"

	"github.com/touchstone-trace/touchstone/network/fabric"
	"github.com/touchstone-trace/touchstone/network/local"
)

type status struct {
	JSON bool `help:"Answer JSON." name:"json"`
}

// Run reports on the system in the state folder.
func (c *status) Run(ctx context.Context, s state) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	look, err := local.Look(ctx, string(s))
	if err != nil {
		return err
	}
	if c.JSON {
		out := json.NewEncoder(os.Stdout)
		out.SetIndent("", "  ")
		return out.Encode(look)
	}
	return table(look)
}

// table prints a line for each process.
func table(s local.Status) error {
	if !s.Running {
		fmt.Println("not running:", s.State)
	}
	nodes := map[string]fabric.Health{}
	for _, h := range s.Nodes {
		nodes[h.Process] = h
	}
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, "PROCESS\tSTATE\tPID\tRESTARTS\tSINCE\tHEIGHT\tHEALTH\tLAST EXIT")
	for _, p := range s.Processes {
		h, isNode := nodes[p.Name]
		fmt.Fprintf(out, "%s\t%s\t%d\t%d\t%s\t%s\t%s\t%s\n", p.Name, p.State, p.PID, p.Restarts,
			p.Since.Format(time.RFC3339), height(h, isNode), health(h, isNode), p.LastExit)
	}
	return out.Flush()
}

func height(h fabric.Health, isNode bool) string {
	if !isNode || !h.Joined {
		return "-"
	}
	return fmt.Sprint(h.Height)
}

func health(h fabric.Health, isNode bool) string {
	switch {
	case !isNode:
		return "-"
	case h.Error != "":
		return h.Error
	case !h.Healthy:
		return "unhealthy"
	case h.Leads:
		return "healthy, leads"
	}
	return "healthy"
}
