"""`gouji user`: who may log in to the page."""

from __future__ import annotations

import click

from ingest.settings import Settings
from ui.errors import RequestError
from ui.texts import plain, t


@click.command("user", help="网页的登录用户：添加、改密码、改角色、删去；不写名称时列出。")
@click.argument("name", required=False)
@click.option(
    "--role",
    type=click.Choice(["reader", "editor", "admin"]),
    default="reader",
    help="reader 只读，editor 可上传和删去报告，admin 管理员",
)
@click.option("--remove", is_flag=True, help="删去这个用户")
@click.pass_obj
def user(settings: Settings, name: str | None, role: str, remove: bool) -> None:
    from ui.web.access import Role, Users

    users = Users(settings.data_dir)
    if name is None:
        if remove:
            raise RequestError(t("请写出要删去的用户名"))
        for known, its_role in sorted(users.all().items()):
            click.echo(plain(f"{known} {its_role.value}"))
        return
    if remove:
        users.remove(name)
        click.echo(plain(t("已删去用户 {name}", name=name)))
        return
    password = click.prompt(t("密码"), hide_input=True, confirmation_prompt=True)
    users.put(name, password, Role(role))
    click.echo(plain(t("用户 {name}（{role}）可以登录了", name=name, role=role)))
