"""The facilitator's pages."""
