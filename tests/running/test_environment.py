import pytest
from django.core.exceptions import ImproperlyConfigured

from portal import env


def test_a_missing_variable_is_named(monkeypatch):
    monkeypatch.delenv("THING", raising=False)

    with pytest.raises(ImproperlyConfigured, match="THING"):
        env.text("THING")


def test_a_secret_is_read_from_the_file_that_is_named(monkeypatch, tmp_path):
    path = tmp_path / "secret"
    path.write_text("s3cret\n")
    monkeypatch.setenv("THING_FILE", str(path))

    assert env.text("THING") == "s3cret"


def test_a_variable_given_twice_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("THING", "one")
    monkeypatch.setenv("THING_FILE", str(tmp_path / "two"))

    with pytest.raises(ImproperlyConfigured, match="not both"):
        env.text("THING")


@pytest.mark.parametrize("value", ["maybe", "2", "nein"])
def test_what_is_neither_yes_nor_no_is_refused(monkeypatch, value):
    monkeypatch.setenv("THING", value)

    with pytest.raises(ImproperlyConfigured, match="yes or no"):
        env.flag("THING", default=True)


@pytest.mark.parametrize("value", ["ten", "-1", "1.5", ""])
def test_what_is_no_number_is_refused(monkeypatch, value):
    monkeypatch.setenv("THING", value)

    with pytest.raises(ImproperlyConfigured, match="THING"):
        env.integer("THING", 3)


def test_a_database_address_is_taken_apart_with_its_escapes():
    assert env.database("postgresql://us%40er:p%2Fw@db.example.org:6432/filing?sslmode=require") == {
        "NAME": "filing",
        "USER": "us@er",
        "PASSWORD": "p/w",
        "HOST": "db.example.org",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }


@pytest.mark.parametrize("url", ["mysql://db/filing", "postgresql://db", "filing"])
def test_another_kind_of_database_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="postgresql://"):
        env.database(url)


def test_a_secret_made_once_stays_and_is_readable_by_its_owner_alone(tmp_path):
    first = env.kept_secret("THING", folder=tmp_path / "secrets", make=env.random_secret)
    second = env.kept_secret("THING", folder=tmp_path / "secrets", make=env.random_secret)

    assert first == second
    assert [oct(path.stat().st_mode & 0o777) for path in (tmp_path / "secrets").iterdir()] == ["0o600"]


def test_a_secret_is_never_made_for_an_installation_with_its_own_database(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="THING"):
        env.kept_secret("THING", folder=tmp_path, make=None)
