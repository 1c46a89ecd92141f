package custody

import (
	"context"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/codes"
)

// Pack closes a container over units and containers that the caller holds.
func (s *Service) Pack(ctx context.Context, c service.Caller, r PackOrder) (service.RecordWritten, error) {
	service.Normalise(r.Lines)
	named, err := s.Codes.GoodsOf(ctx, c, "codes", codes.Request{Codes: r.Codes})
	if err != nil {
		return service.RecordWritten{}, err
	}
	r.Lines, r.Containers = append(r.Lines, named.Lines...), append(r.Containers, named.Containers...)
	return s.Writer.WriteRecord(ctx, c, trace.Pack, r.SSCC, r.PackRequest)
}

// Unpack opens a container that the caller holds.
func (s *Service) Unpack(ctx context.Context, c service.Caller, sscc string) (service.RecordWritten, error) {
	return s.Writer.WriteRecord(ctx, c, trace.Unpack, sscc, trace.UnpackRequest{SSCC: sscc})
}

// Containers lists the containers that the caller may see.
func (s *Service) Containers(
	ctx context.Context, c service.Caller, outermost bool, p record.Paging,
) (record.Page[trace.Container], error) {
	return s.Store.Containers(ctx, c.Within(), outermost, p)
}
