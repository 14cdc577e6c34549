throw new Error("no such vocabulary");
