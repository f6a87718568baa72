"""`certbody office`: founding it, and who the body is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from certbody.cli.amending import change
from certbody.cli.desk import DAY, FILE, Acting, Desk, acting, showing
from certbody.cli.shape import group

office = group(
    "office",
    help="Found the office; show who the body is; change profile and policies.",
    examples="""
    certbody office settings > office.toml
    certbody office new my-office --settings office.toml
    certbody --office my-office office show
    """,
)


@office.command("settings", examples="certbody office settings > office.toml")
def settings() -> None:
    """Print a commented file of settings to begin with."""
    from certbody.office.founding import sample

    click.echo(sample(), nl=False)


@office.command("new", examples="certbody office new my-office --settings office.toml")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--settings", "file", type=FILE, required=True, help="The file of settings.")
@showing
def new(desk: Desk, folder: Path, file: Path) -> None:
    """Found an office in a new folder: profile, policies, people and published schemes."""
    from certbody.office.founding import found, read

    made = found(folder, read(file.read_bytes(), file.name), clock=desk.clock, make_id=desk.make_id)
    people = [f"{each.initials} {each.name}" for each in made.body.people.values()]
    desk.say(
        {"office": str(folder), "people": people, "head": str(made.head("body"))},
        f"Founded the office in {folder}: {', '.join(people)}.",
        "Next: give each person a PIN, then send applicants the form:",
        f"  certbody --office {folder} person pin {made.body.people[next(iter(made.body.people))].initials}",
        f"  certbody --office {folder} application form iso10002",
    )


@office.command("show", examples="certbody office show --json")
@showing
def show(desk: Desk) -> None:
    """Show profile, policies, people and published schemes."""
    from certbody.records import dump

    body = desk.office.body
    profile = body.profile
    assert profile is not None
    lines = [f"{profile.name}, {profile.city}, {profile.country}", f"office in {desk.office.folder}"]
    lines += [f"  {name.replace('_', ' ')}: {value}" for name, value in dump(body.policy).items() if name != "id"]
    lines += ["People:", *(f"  {each.initials:4} {each.name}" for each in body.people.values())]
    lines += ["Published schemes:", *(f"  {s.standard}: {s.citation}" for s in body.published_schemes.values())]
    lines += [f"Clients: {len(desk.office.clients())}", f"Head of the body's journal: {desk.office.head('body')}"]
    desk.say(
        {
            "office": str(desk.office.folder),
            "profile": dump(profile),
            "policies": dump(body.policy),
            "people": [dump(each) for each in body.people.values()],
            "published_schemes": [dump(each) for each in body.published_schemes.values()],
            "accreditation_scopes": [dump(each) for each in body.accreditation_scopes.values()],
            "clients": desk.office.clients(),
            "head": str(desk.office.head("body")),
        },
        *lines,
    )


@office.command("profile", examples="certbody office profile 'phone=+00 0000 0000' --as AE")
@click.argument("changes", nargs=-1, required=True, metavar="NAME=VALUE…")
@acting
def profile(desk: Desk, acting: Acting, changes: tuple[str, ...]) -> None:
    """Change fields of the body's profile."""
    from certbody.office import BODY

    change(desk, acting, BODY, "profiles", "profile", desk.office.body.profile, changes)


@office.command(
    "logo",
    examples="""
    certbody office logo logo.png --as AE
    certbody office profile colour=0B6E4F paper=Letter --as AE
    """,
)
@click.argument("file", type=FILE)
@acting
def logo(desk: Desk, acting: Acting, file: Path) -> None:
    """Keep a picture (PNG or JPEG) as the body's logo; every Word document shows it from then on."""
    from certbody.office.looks import set_logo
    from certbody.records import dump

    made = set_logo(desk.office, file.read_bytes(), file.name, hand=acting.hand(), why=acting.why)
    desk.say(
        {"logo": made.logo, "profile": dump(made)},
        f"{file.name} is the logo of {made.name} from now on ({made.logo[:12]}).",
        "Next: look at it in a draft, such as: certbody template check decision --out papers",
    )


@office.command("policy", examples="certbody office policy response_days=21 --as AE")
@click.argument("changes", nargs=-1, required=True, metavar="NAME=VALUE…")
@acting
def policy(desk: Desk, acting: Acting, changes: tuple[str, ...]) -> None:
    """Change policies; deadlines already given do not move."""
    from certbody.office import BODY

    change(desk, acting, BODY, "policies", "policies", desk.office.body.policy, changes)


@office.command(
    "accredit", examples="certbody office accredit iso9001 --by 'An Accreditation Body' --code 31 --from 2026-01-01"
)
@click.argument("standard")
@click.option("--by", "accreditation_body", required=True, help="The accreditation body.")
@click.option("--certificate", default="", help="Number of the accreditation certificate.")
@click.option("--code", "codes", multiple=True, help="A code that the scope names; none means all.")
@click.option("--from", "valid_from", type=DAY, required=True, help="First day.")
@click.option("--until", type=DAY, help="Last day.")
@acting
def accredit(desk: Desk, acting: Acting, **said: Any) -> None:
    """Put an accreditation scope on record; without one, no document claims accreditation."""
    from certbody.domain.body import AccreditationScope
    from certbody.office import BODY
    from certbody.records import dump

    scope = AccreditationScope(
        id=desk.office.make_id(),
        accreditation_body=said["accreditation_body"],
        certificate=said["certificate"],
        standard=said["standard"],
        codes=tuple(said["codes"]),
        valid_from=said["valid_from"],
        valid_until=said["until"],
    )
    desk.office.record(
        BODY, "accreditation scope recorded", {"accreditation_scopes": [scope]}, hand=acting.hand(), why=acting.why
    )
    desk.say(dump(scope), f"{scope.accreditation_body} accredits this body for {scope.standard}.")
