"""The routes, one module per noun; each offers `blueprint`, and `server.app` registers every module found."""
