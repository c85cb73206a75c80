package server

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/netip"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/strictjson"
)

const maxEvaluations = 1000

// properties decide nothing here.
type properties map[string]jsontext.Value

// entity is a subject or resource of the AuthZEN Authorization API 1.0, section 5.
type entity struct {
	Type       string     `json:"type"`
	ID         string     `json:"id"`
	Properties properties `json:"properties"`
}

type action struct {
	Name       string     `json:"name"`
	Properties properties `json:"properties"`
}

// circumstances are the context of a question: the address counts, and whatever else a service tells does not.
type circumstances struct {
	IP *string `json:"ip"`
}

// evaluation is one question. What is nil is taken from the defaults of the request.
type evaluation struct {
	Subject  *entity        `json:"subject"`
	Action   *action        `json:"action"`
	Resource *entity        `json:"resource"`
	Context  *circumstances `json:"context"`
}

// evaluations is a request of several questions, or of a single one.
type evaluations struct {
	evaluation
	Evaluations []jsontext.Value `json:"evaluations"`
	Options     struct {
		Semantic string `json:"evaluations_semantic"`
	} `json:"options"`
}

// evaluated is the answer to one question.
type evaluated struct {
	Decision bool `json:"decision"`
	Context  any  `json:"context"`
}

// evaluationError stands in the place of a decision that could not be asked for among others.
type evaluationError struct {
	Error struct {
		Status  int    `json:"status"`
		Message string `json:"message"`
	} `json:"error"`
}

// enter is the action of only coming in.
const enter = "enter"

func (s services) serveMetadata(w http.ResponseWriter, r *http.Request) {
	echoRequestID(w, r)
	base := s.publicURL.String()
	w.Header().Set("Cache-Control", "public, max-age=3600")
	answerJSON(w, http.StatusOK, map[string]string{
		"policy_decision_point":       base,
		"access_evaluation_endpoint":  base + "/access/v1/evaluation",
		"access_evaluations_endpoint": base + "/access/v1/evaluations",
	})
}

func (s services) serveEvaluation(w http.ResponseWriter, r *http.Request, inquiry *access.Inquiry) {
	var question evaluation
	if readQuestion(w, r, &question) {
		s.answerOne(w, r, inquiry, question)
	}
}

func (s services) answerOne(w http.ResponseWriter, r *http.Request, inquiry *access.Inquiry, question evaluation) {
	answer, wrong, err := evaluate(r, inquiry, question)
	switch {
	case err != nil:
		s.refuseInternal(w, r, err)
	case wrong != nil:
		refuseService(w, http.StatusBadRequest, wrong.Error())
	default:
		body := bodies.Get().(*bytes.Buffer)
		defer bodies.Put(body)
		body.Reset()
		body.Write(appendEvaluated(body.AvailableBuffer(), answer))
		writeJSON(w, http.StatusOK, body.Bytes())
	}
}

// serveEvaluations answers questions in their order, each completed by the defaults; a decision may end it (section 7).
func (s services) serveEvaluations(w http.ResponseWriter, r *http.Request, inquiry *access.Inquiry) {
	var request evaluations
	if !readQuestion(w, r, &request) {
		return
	}
	var last func(decision bool) bool
	switch request.Options.Semantic {
	case "", "execute_all":
		last = func(bool) bool { return false }
	case "deny_on_first_deny":
		last = func(decision bool) bool { return !decision }
	case "permit_on_first_permit":
		last = func(decision bool) bool { return decision }
	default:
		refuseService(w, http.StatusBadRequest, "options.evaluations_semantic is execute_all, deny_on_first_deny or permit_on_first_permit")
		return
	}
	if len(request.Evaluations) == 0 {
		s.answerOne(w, r, inquiry, request.evaluation)
		return
	}
	if len(request.Evaluations) > maxEvaluations {
		refuseService(w, http.StatusBadRequest, fmt.Sprintf("at most %d evaluations", maxEvaluations))
		return
	}
	answers := []byte(`{"evaluations":[`)
	for i, text := range request.Evaluations {
		answer, wrong, err := request.evaluate(r, inquiry, text)
		if err != nil {
			s.refuseInternal(w, r, err)
			return
		}
		if wrong != nil {
			failed := evaluationError{}
			failed.Error.Status, failed.Error.Message = http.StatusBadRequest, wrong.Error()
			answer = evaluated{Context: failed}
		}
		if i > 0 {
			answers = append(answers, ',')
		}
		answers = appendEvaluated(answers, answer)
		if last(answer.Decision) {
			break
		}
	}
	writeJSON(w, http.StatusOK, append(answers, "]}"...))
}

// evaluate answers one question of several. What is wrong with it says nothing about the others.
func (e evaluations) evaluate(r *http.Request, inquiry *access.Inquiry, text jsontext.Value) (answer evaluated, wrong, err error) {
	var question evaluation
	if text.Kind() != '{' {
		return evaluated{}, errors.New("an evaluation must be an object"), nil
	}
	if err := strictjson.Unmarshal(text, &question); err != nil {
		return evaluated{}, err, nil
	}
	return evaluate(r, inquiry, question.or(e.evaluation))
}

// or completes a question with defaults, each of which stands for a whole member.
func (e evaluation) or(defaults evaluation) evaluation {
	if e.Subject == nil {
		e.Subject = defaults.Subject
	}
	if e.Action == nil {
		e.Action = defaults.Action
	}
	if e.Resource == nil {
		e.Resource = defaults.Resource
	}
	if e.Context == nil {
		e.Context = defaults.Context
	}
	return e
}

// evaluate answers one question. wrong is what whoever asked must mend.
func evaluate(r *http.Request, inquiry *access.Inquiry, question evaluation) (answer evaluated, wrong, err error) {
	if wrong := question.check(); wrong != nil {
		return evaluated{}, wrong, nil
	}
	ip, wrong := question.ip()
	if wrong != nil {
		return evaluated{}, wrong, nil
	}
	var subject *access.Subject
	if question.Resource.Type == "access_point" && question.Resource.ID == inquiry.Service.Code {
		switch question.Subject.Type {
		case "user":
			subject, err = inquiry.User(r.Context(), question.Subject.ID)
		case "api_key":
			subject, err = inquiry.Key(r.Context(), question.Subject.ID)
		}
	}
	if err != nil {
		return evaluated{}, nil, err
	}
	permission := question.Action.Name
	if permission == enter {
		permission = ""
	}
	decision := inquiry.Decide(subject, ip, permission, "")
	return evaluated{decision.Allowed(), decision}, nil, nil
}

func (e evaluation) check() error {
	for _, member := range [...]struct {
		name    string
		present bool
	}{
		{"subject", e.Subject != nil}, {"action", e.Action != nil}, {"resource", e.Resource != nil},
		{"subject.type", e.Subject != nil && e.Subject.Type != ""}, {"subject.id", e.Subject != nil && e.Subject.ID != ""},
		{"action.name", e.Action != nil && e.Action.Name != ""},
		{"resource.type", e.Resource != nil && e.Resource.Type != ""}, {"resource.id", e.Resource != nil && e.Resource.ID != ""},
	} {
		if !member.present {
			return errors.New(member.name + " is missing")
		}
	}
	return nil
}

// ip is the visitor's address. Without one whitelists refuse; a wrong one is no decision at all.
func (e evaluation) ip() (netip.Addr, error) {
	if e.Context == nil || e.Context.IP == nil {
		return netip.Addr{}, nil
	}
	ip, err := parseIP(*e.Context.IP)
	if err != nil {
		return netip.Addr{}, fmt.Errorf("context.ip: %w", err)
	}
	return ip, nil
}
