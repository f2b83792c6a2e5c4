//! The description of the interface, OpenAPI 3.1, in the reader's language.

use chibo_kernel::Problem;
use chibo_web::words::Tongue;
use chibo_web::{Reply, Visit, cookies};
use serde_json::{Map, Value, json};

use crate::kinds::{Kind, Setting};

/// `GET /api/v1/openapi.json`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let session = cookies::name("chibo_session", visit.house.settings.tls);
    Ok(Reply::Json(document(visit.w, &session).to_string()))
}

/// The whole description; `session` is the name of the session cookie here.
pub(super) fn document(w: Tongue<'_>, session: &str) -> Value {
    let cookie = json!({ "type": "apiKey", "in": "cookie", "name": session, "description": w.t("units-api-session") });
    json!({
        "openapi": "3.1.0",
        "info": { "title": w.t("units-api-title"), "version": "1", "description": w.t("units-api-about") },
        "servers": [{ "url": "/" }],
        "security": [{ "session": [] }],
        "paths": paths(w),
        "components": {
            "securitySchemes": { "session": cookie },
            "schemas": schemas(w),
            "responses": { "problem": problem(w) },
        },
    })
}

fn paths(w: Tongue<'_>) -> Value {
    let day = query(w, "day", json!({ "type": "string", "format": "date" }), "units-api-day");
    let whole = |least: i64, most: i64, usual: Option<i64>| {
        let mut schema = json!({ "type": "integer", "minimum": least, "maximum": most });
        if let (Some(usual), Some(fields)) = (usual, schema.as_object_mut()) {
            fields.insert("default".to_owned(), json!(usual));
        }
        schema
    };
    let tree = vec![
        day.clone(),
        query(w, "unit", schema_of("Id"), "units-api-unit"),
        query(w, "depth", whole(0, 99, None), "units-api-depth"),
    ];
    let mut of_path = query(w, "id", schema_of("Id"), "units-api-id");
    of_path["in"] = json!("path");
    of_path["required"] = json!(true);
    let changes = vec![
        query(w, "after", whole(0, i64::MAX, Some(0)), "units-api-after"),
        query(w, "limit", whole(1, super::changes::MOST, Some(super::changes::USUAL)), "units-api-limit"),
    ];
    json!({
        "/api/v1/tree": operation("tree", w.t("units-api-tree"), tree, schema_of("Tree")),
        "/api/v1/units/{id}": operation("unit", w.t("units-api-one"), vec![of_path, day], schema_of("UnitOnDay")),
        "/api/v1/unit-changes": operation("unitChanges", w.t("units-api-changes"), changes, schema_of("Changes")),
        "/api/v1/openapi.json": operation("openapi", w.t("units-api-openapi"), Vec::new(), json!({ "type": "object" })),
    })
}

fn schema_of(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn query(w: Tongue<'_>, name: &str, schema: Value, about: &str) -> Value {
    json!({ "name": name, "in": "query", "required": false, "schema": schema, "description": w.t(about) })
}

fn operation(id: &str, about: &str, parameters: Vec<Value>, schema: Value) -> Value {
    let mut responses = Map::new();
    responses.insert(
        "200".to_owned(),
        json!({ "description": about, "content": { "application/json": { "schema": schema } } }),
    );
    for status in ["401", "403", "404", "422", "429", "500"] {
        responses.insert(status.to_owned(), json!({ "$ref": "#/components/responses/problem" }));
    }
    json!({ "get": { "operationId": id, "summary": about, "parameters": parameters, "responses": responses } })
}

/// An object with these fields, all of them always there.
fn object(about: &str, fields: Vec<(&str, Value)>) -> Value {
    let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    let fields: Map<String, Value> = fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    json!({
        "type": "object",
        "description": about,
        "required": names,
        "properties": fields,
        "additionalProperties": false,
    })
}

fn list(of: Value) -> Value {
    json!({ "type": "array", "items": of })
}

fn or_null(kind: &str, about: &str) -> Value {
    json!({ "type": [kind, "null"], "description": about })
}

/// One of these codes, or null.
fn code(codes: Vec<&str>, about: &str) -> Value {
    let codes: Vec<Value> = codes.into_iter().map(Value::from).chain([Value::Null]).collect();
    json!({ "enum": codes, "description": about })
}

fn schemas(w: Tongue<'_>) -> Value {
    let text = || json!({ "type": "string" });
    let date = || json!({ "type": "string", "format": "date" });
    let tree = vec![("day", date()), ("next", number(w.t("units-api-next"))), ("units", list(schema_of("Unit")))];
    let mut on_day = unit(w);
    on_day.extend([
        ("day", date()),
        ("stands", json!({ "type": "boolean", "description": w.t("units-api-stands") })),
        ("children", list(schema_of("Id"))),
        ("history", list(schema_of("Facts"))),
        ("predecessors", list(schema_of("Succession"))),
        ("successors", list(schema_of("Succession"))),
    ]);
    let succession =
        vec![("unit", schema_of("Id")), ("on", date()), ("main", json!({ "type": "boolean" })), ("kind", text())];
    let changes = vec![
        ("changes", list(schema_of("Change"))),
        ("next", number(w.t("units-api-next"))),
        ("more", json!({ "type": "boolean", "description": w.t("units-api-more") })),
        ("missed", json!({ "type": "boolean", "description": w.t("units-api-missed") })),
    ];
    let change = vec![("seq", number(w.t("units-api-seq"))), ("unit", or_null("string", w.t("units-api-change-unit")))];
    json!({
        "Id": { "type": "string", "pattern": "^[0-9a-f]{32}$", "description": w.t("units-api-id") },
        "Unit": object(w.t("units-api-shape"), unit(w)),
        "UnitOnDay": object(w.t("units-api-one"), on_day),
        "Facts": object(w.t("units-api-facts"), facts(w)),
        "Succession": object(w.t("units-api-succession"), succession),
        "Tree": object(w.t("units-api-tree"), tree),
        "Changes": object(w.t("units-api-changes"), changes),
        "Change": object(w.t("units-api-change"), change),
        "Problem": problem_schema(w),
    })
}

fn number(about: &str) -> Value {
    json!({ "type": "integer", "minimum": 0, "description": about })
}

/// Name, type and code during a period.
fn facts(w: Tongue<'_>) -> Vec<(&'static str, Value)> {
    vec![
        ("code", or_null("string", w.t("units-code"))),
        ("name", json!({ "type": "string", "description": w.t("units-name") })),
        ("short", json!({ "type": "string", "description": w.t("units-short") })),
        ("kind", code(Kind::ALL.iter().map(|kind| kind.code()).collect(), w.t("units-kind"))),
        ("setting", code(Setting::ALL.iter().map(|setting| setting.code()).collect(), w.t("units-setting"))),
        ("valid_from", json!({ "type": "string", "format": "date", "description": w.t("units-api-valid-from") })),
        ("valid_to", or_null("string", w.t("units-api-valid-to"))),
    ]
}

fn unit(w: Tongue<'_>) -> Vec<(&'static str, Value)> {
    let mut fields = facts(w);
    fields.extend([
        ("id", schema_of("Id")),
        ("parent", or_null("string", w.t("units-api-parent"))),
        ("members", number(w.t("units-api-members"))),
        ("official", number(w.t("units-api-official"))),
    ]);
    fields
}

fn problem(w: Tongue<'_>) -> Value {
    let content = json!({ "application/problem+json": { "schema": schema_of("Problem") } });
    json!({ "description": w.t("units-api-problem"), "content": content })
}

fn problem_schema(w: Tongue<'_>) -> Value {
    let text = || json!({ "type": "string" });
    let issue = vec![
        ("field", or_null("string", w.t("units-api-issue-field"))),
        ("rule", or_null("string", w.t("units-api-issue-rule"))),
        ("text", text()),
    ];
    let fields = vec![
        ("type", text()),
        ("title", text()),
        ("status", number(w.t("units-api-status"))),
        ("detail", text()),
        ("code", text()),
        ("trace", text()),
        ("issues", list(object(w.t("units-api-issue"), issue))),
    ];
    object(w.t("units-api-problem"), fields)
}
